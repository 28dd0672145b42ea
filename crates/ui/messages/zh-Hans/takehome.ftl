# 地图图片、导出、引用、嵌入与数据下载。

# 图片
map-page = 地图图片
map-note-legend = 带编号图例的图片
map-picture-alt = 关系地图。列表包含相同的关系，图片的图例逐一说明每个标记。
map-described = 共 { $total } 条关系：{ $located } 条标在所在地点，{ $country } 条仅知国家或地区，{ $placeless } 条地点不详。
map-numbers = 标记上的数字即下方图例的编号；圆越大，包含的关系越多。虚线边框的牌子统计仅知国家或地区的关系。
map-files = 标有关系数量的同一图片，可供印刷和发表：
map-legend-marks = 标记
map-legend-countries = 仅知国家或地区
map-placeless = 地点不详：
map-unnamed = 地名不详的地点
map-credit = 底图：Natural Earth
map-count = { $n } 条关系

# 导出
attribution = { $name }，记录 { $title }，第 { $number } 版
xlsx-about = 文件说明
xlsx-name = 图集
xlsx-address = 网址
xlsx-licence = 许可
xlsx-edition = 版次
xlsx-day = 版次日期
xlsx-root = 根哈希
xlsx-notice = 请注意

# 引用
cite-more = 引用此页
cite-title = 引用：{ $title }
cite-why = 每种格式都注明版次、日期和根哈希。即使图集此后有变动，任何人也能找到您所见的内容。
cite-plain = 纯文本
cite-file = 下载文件
cite-back = 返回被引用的内容
cite-edition = 整个版次
cite-links = 关系（{ $filter }）
cite-line = { $atlas }：《{ $title }》，第 { $number } 版，{ $date }，根哈希 { $root }。{ $address }。{ $licence }。

# 分享
share-title = 分享与嵌入
share-address = 网址
share-address-why = 网址包含全部筛选条件。移动地图时，当前范围会写在网址的井号之后。
share-cite = 引用
share-cite-formats = 纯文本、BibTeX、RIS 和 CSL-JSON
share-embed = 嵌入其他网站
share-embed-why = 框架以当前语言显示这些关系，一条不多，一条不少。它不设 Cookie，不存储任何内容，也不透露读者身份。没有 JavaScript 时显示为图片。
share-embed-look = 查看效果
share-files = 下载
share-data = 整个版次的文件
embed-open = 在图集中打开
embed-newest = 其中最新的关系

# 整个版次
data-title = 数据
data-intro = 本版次发布的全部内容，均可下载。每个文件都注明所属版次。
data-licence = 许可：{ $licence }。请注明图集名称和版次。
data-caption = 本版次的文件
data-file = 文件
data-what = 内容
data-size = 字节数
data-items = 机构、产品、设施及所有其他条目，每行一条
data-links = 条目之间的关系，每行一条
data-claims = 每一项陈述及其来源，每行一条
data-sources = 来源，每行一条
data-geojson = 供地理信息软件使用的关系；没有坐标的关系不带几何图形
data-jsonl = 所有记录及其全部陈述和证据，每行一个 JSON 对象
data-sqlite = 全部内容的 SQLite 数据库
data-sums = 各文件的摘要
data-check = 如何核对
data-check-digest = 下载中断后可以继续。下载完成后请比对摘要：
data-check-root = 这些文件由账本推导而来，账本的根哈希列于下方。根哈希经过签名，签名见检查点；用同一账本，程序会再次生成相同的文件。
data-signed = 签名检查点
data-formulas = 形似公式的单元格
data-formulas-1 = 在 CSV 文件中，凡可能被电子表格软件当作公式运行的单元格，开头都加了一个撇号；原本以撇号开头的单元格也是如此。去掉开头的一个撇号即可还原。
data-formulas-2 = XLSX 文件不作任何改动：所有文本都存为文本类型的单元格。
data-part = 仅下载部分数据
data-part-1 = 任何关系列表都可按其筛选条件下载为 CSV、XLSX、GeoJSON 和 JSON Lines。
data-part-list = 前往关系列表

# 无服务器的副本
static-note = 这是第 { $number } 版的静态副本，没有服务器：筛选在您的浏览器中进行，需要 JavaScript。
static-note-more = 还有哪些功能需要服务器
static-title = 无服务器的图集
static-intro = 整个网站可以写成普通文件，由任何网页服务器或镜像站点提供，也可放在闪存盘上。
static-can = 副本能做什么
static-can-1 = 本版次的全部记录、列表和文本，两种语言齐全，每页都有对应的 JSON。
static-can-2 = 地图及按类别、国家或地区、种类、年份、地点和来源的全部筛选，都在您的浏览器中完成，不向任何人发出请求。
static-can-3 = 整个版次的全部下载文件及其摘要，以及经过签名的日志。
static-can-4 = 通过筛选栏的文本框搜索条目名称。
static-cannot = 哪些功能需要服务器
static-cannot-1 = 全文搜索：副本只能搜索名称。
static-cannot-2 = 某一筛选的列表、下载、图片和引用，以及关闭 JavaScript 时的任何筛选。
static-cannot-3 = 供地理信息软件使用的矢量瓦片。
static-cannot-4 = 新版次的消息：副本始终停留在制作时的版次。
static-served = 有服务器的图集：
static-make = 如何制作
static-make-1 = 由程序写出副本，再用任何能提供文件的程序展示，例如：
