# 首页、列表、词汇表、样式、关于。

# patterns
patterns-title = 组件一览
patterns-intro = 本站全部组件示例，内容均为虚构。
patterns-example = 虚构示例

# the first page and lists
home-intro = 哪家企业或公共机构在何处、何时、为谁建造、出售、资助、运营或被迫开放了哪些系统，以及我们如何得知。
home-more = 本图集简介与阅读方法
map = 地图
map-note = 这是地图的图片；启用 JavaScript 和 WebGL 后可移动和筛选。图上的全部内容也列在列表中。
results = 结果
results-count = 共 { $total } 条关系，其中 { $located } 条标于地图
results-empty = 没有符合筛选条件的关系。移除部分筛选条件可查看更多。
results-all = 分页查看全部
results-map = 在地图上查看
download = 下载这些关系：
ignored-keys = 网址中的下列部分在此没有含义，已忽略：
ignored-keys-canonical = 不含这些部分的网址
link-sentence = { $subject } { $verb } { $object }
when-between = { $from }至{ $to }
when-until = 至{ $to }
count-items = { $n } 个条目
to-filter = 前往筛选
status-unknown = 状态不详
all-kinds = 全部类别

# glossary
glossary-intro = 本图集所用词语及其含义。
glossary-terms = 术语
glossary-source-kinds = 来源类型

# about
about-what = 这是什么
about-what-1 = 反图集是一部公开的、以证据为本的监控技术产业图集，涵盖任何国家的产业：组织、产品、项目、设施、法律、清单，以及它们之间的交易与其他关系。
about-what-2 = 每一个数值都附有支持与反驳的证据。每一句话要么由字段生成，要么标明为编者所写并附来源。
about-never = 本图集绝不做什么
about-never-1 = 本图集不收录私人个体，不提供对人脸、车牌、电话或个人的查询，也不对人评分。导入数据时会拒绝此类记录。
about-never-2 = 收录并不意味着存在不当行为。此处所记录的许多内容属于合法业务。
about-confidence = 可信度如何评定
about-confidence-1 = 可信度依据同一规则计算，从不手工填写。只有支持性证据计入。若一个来源转述另一个、二者转述同一原始来源，或发布者相同，则算作一组。
about-confidence-2 = 有两组独立来源、有政府来源，或当事方作出不利于自身的陈述，即为“已证实”。只要有反驳，即为“有争议”。仅有泄露材料，为“很可能”。其余为“有报道”。
about-confidence-3 = 状态总以最近来源的日期为准。无法证明成交的推介会予以标明，绝不计为销售。
about-places = 地图上有什么
about-places-1 = 只有来源指明地点、城市或地区时才标点。仅知所在国家或地区的，在其名称旁以标记表示，绝不画点；地点不详的列于托盘。
about-places-2 = 投资方或清单制定方所属的国家或地区是当事方的所在地，不是事实发生地；单独显示，不计入统计。
about-boundaries = 边界
about-boundaries-1 = 地图的陆地与边界取自公有领域的 Natural Earth。国家间有争议的边界以虚线表示。画线并不表示对归属的任何立场。
about-boundaries-2 = 国家和地区名称取自本图集的名称表，采用简短形式。代码仅表示数据中的地点，不表示对其地位的判断。
about-history = 历史如何保存
about-history-1 = 所有内容都经由只增不减的账本录入。更正、撤回或遮蔽都是新的条目，绝不悄悄修改。
about-history-2 = 下方的根哈希代表本版次的全部内容。任何持有账本的人都可以重新计算。
about-readers = 读者
about-readers-1 = 本站不设置 Cookie，不在您的设备上存储内容，不从其他网站加载内容，也不记录地址或浏览器名称。地图数据载入后，按分类、地点或年份的筛选仅在您的设备上进行。
about-readers-2 = 每个页面无需 JavaScript 即可使用，并在同一网址后加相应后缀提供 JSON 版本。
about-licence = 数据的使用
about-licence-1 = 任何人均可依据 { $licence } 将数据用于任何目的，须注明图集名称与版次。
about-licence-2 = 在 CSV 文件中，可能被电子表格程序当作公式的单元格以一个撇号开头；去掉一个开头的撇号即得原文。
about-edition = 本版次
about-edition-counts = 收录 { $items } 个条目、{ $links } 条关系和 { $sources } 个来源。
about-origin = 账本
about-number = 条目数
about-day = 最后一条的日期
about-root = 根哈希
