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
