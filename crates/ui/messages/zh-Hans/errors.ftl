# 无法显示时的说明。

error-home = 返回首页
error-missing = 此处没有内容
error-missing-detail = 没有与此网址对应的记录。网址可能有误，请改为搜索名称。
error-gone = 此记录已撤回
error-gone-detail = 它仍保留在图集的历史中。撤回理由：{ $reason }
error-method = 此网址仅供读取
error-method-detail = 请使用读取方法。
error-query = 网址中的请求没有含义
error-filter-detail = 筛选条件中有未知的部分：
error-parameter-detail = 网址中的某一部分格式不符：
error-query-detail = 问号之后的部分过长，或不是可读文本。
error-value = { $value } 不是 { $key } 的取值
error-parameter = { $key } 不能这样填写
error-allowed = 可用：
error-stale = 已有更新的版次
error-stale-detail = 请重新载入页面。
error-not-built = 尚未构建浏览器部分
error-not-built-detail = 请在源代码目录中构建浏览器部分并重新启动。没有它也能阅读所有页面。
error-broken = 本站出现故障
error-broken-detail = 这是本站的问题，其他页面仍可使用。
error-too-large = 一次发送的内容过多
error-too-large-detail = 发送的内容超出此地址可接收的大小，或传输过慢。请分成较小的部分发送。
error-busy = 尚未就绪
error-busy-detail = 本页所需的内容仍在准备中。请几秒钟后重试；其他页面均可正常使用。
