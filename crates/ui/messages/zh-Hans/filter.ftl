# 筛选及其键。

# filter
filter = 筛选
filter-active = 当前筛选
filter-reset = 清除全部筛选
filter-remove = 移除筛选：{ $filter }
filter-q = 名称或文本
filter-apply = 查看
filter-years = 年份与重点
filter-from = 从
filter-to = 到
filter-years-undated = 设定年份后，不显示日期不详的关系（{ $n } 条）。
filter-poi = 仅显示重点关注
count-links = { $n } 条关系
pager = 分页
pager-previous = 上一页
pager-next = 下一页
pager-page = 第 { $n } 页
chart-as-table = 以表格显示
chart-undated = { $n } 条关系日期不详

# filter keys
key-item = 条目
key-item-kind = 条目类别
key-link = 关系类型
key-category = 分类
key-topic = 主题
key-list = 所在清单
key-source = 来源
key-country = 国家或地区
key-status = 状态
key-confidence = 可信度
key-precision = 地点精度
key-from = 起始年份
key-to = 截止年份
key-poi = 重点
key-bbox = 地图范围
key-q = 文本
