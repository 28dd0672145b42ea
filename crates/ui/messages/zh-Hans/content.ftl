# 故事、条目各节、索引、数字、变更、质量。

# navigation
nav-stories = 故事
nav-figures = 数字

# stories
story = 故事
stories-intro = 编者撰写的个案研究。每一句话都有来源，每条记录都已固定：若某条记录被撤回，相关故事会如实说明。
stories-none = 本版次没有发布故事。
story-references = 各句的依据
story-references-why = 每条记录附有自己的来源；与之相抵触的来源也一并列出。
story-reference = 依据 { $n }
story-record = 本图集的一条记录
story-record-gone = 该记录已不再发布。
story-map-list = 其中最近的关系

# profiles
overview = 概况
timeline = 大事年表

# figures
figures-intro = 本版次各类内容的数量。每个数字都可打开所统计内容的列表；网址中的筛选条件会同时作用于全部数字。
figures-csv = 全部表格（CSV）
figures-organisations = 关系最多的 { $n } 个组织
figures-source-kinds = 关系数（按支持来源的类型）
figures-quoted = 来源中的数字
figures-quoted-why = 出版物所载数字，附来源引用；并非本图集统计所得。

# one figure
figure-by-country = 关系数（按国家或地区）
figure-by-category = 关系数（按分类）
figure-by-link = 关系数（按关系类型）
figure-by-topic = 关系数（按主题）
figure-by-list = 关系数（按当事方所在清单）
figure-by-status = 关系数（按状态）
figure-by-confidence = 关系数（按可信度）
figure-by-precision = 关系数（按地点精度）
figure-alone = 单独查看
figure-more = 图片与表格
figure-rest = 其余 { $n } 项
figure-all = 此筛选条件下的全部数字
figure-caption = 可依据图中所注许可使用此图。
figure-table = 同一数据的表格
figure-left-out = 另有 { $n } 项见表格

# countries and categories
overview-doers = 由谁供应、建设与运营
overview-receivers = 为谁及与谁合作
overview-systems = 系统、产品与设施
overview-latest = 最近的关系
overview-sources = 主要依据的来源
overview-acts = 所为
overview-parties = 共 { $n } 个，按关系数排列；作为任何一方的关系均计入
overview-more = 其余见全部关系列表
overview-empty = 本版次在此没有收录任何关系。
overview-figures = 全部数字
country-based = 所在地为此的条目
country-based-all = { $n } 个条目以此为所在国家或地区
countries = 国家和地区
countries-intro = 本图集所载事实发生过的，或有条目以之为所在地的全部国家和地区。事实按发生地统计；当事方的所在地不是事实发生地。
countries-caption = { $n } 个国家和地区
categories = 分类
categories-intro = 各条关系涉及的内容。一条关系可属多个分类；颜色表示组别，图标表示分类。
categories-meaning = 含义
index-located = 标于地图
index-years = 年份
index-most = 最多的分类
index-items = 所在地为此的条目

# indices
all-of-them = 全部
sort-by = 排序：
sort-name = 名称
sort-pinyin = 拼音
sort-strokes = 笔画
sort-links = 关系数
sort-kind = 类别
sort-country = 国家或地区
sort-date = 日期
sort-title = 标题
sort-uses = 引用次数
items-letters = 字母
items-all-letters = 全部字母
items-name = 名称
items-caption = 条目及其类别、所在国家或地区与关系数
sources = 来源
sources-intro = 本版次所依据的全部出版物，及其支持和反驳的内容。
sources-language = 来源语言
sources-publisher = 发布者
sources-uses = 引用它的记录数
sources-caption = 来源及其发布者、日期、类型与记录数
count-sources = { $n } 个来源
lists = 清单
lists-intro = 管制、制裁和采购清单以及指数，并列出本图集中名列其上者。以原清单为准；此处仅为本版次所载内容。
lists-caption = 清单及其制定方与条目数
lists-keeper = 制定方
lists-entries = 本版次条目数
lists-listed = 列入者
lists-record = 清单自身的记录
lists-elsewhere = 在地图上查看名列其上者的其他活动
lists-count = 共 { $n } 条
lists-empty = 本版次未收录该清单的条目。
legal-citation-head = 法律依据

# changes
nav-changes = 变更
changes-intro = 每个版次新增、更改和撤回了什么，以及原因。没有任何内容会被悄悄更改。
changes-feeds = 当前筛选条件的订阅源
changes-editions = 版次
changes-latest = 最近的记录变更
changes-none = 此处没有变更。
changes-nothing = 记录没有变更
changes-added = 新增{ $what }
changes-touched = 更改或撤回 { $n } 条已有记录
changes-author = 由 { $author } 写入
changes-datasets = 数据集：
changes-more = 另有 { $n } 条记录未在此列出；可导出完整数据查看。
changes-reason = 原因：
changes-before = 原为：
changes-after = 现为：
changes-evidence = 新增或撤回 { $n } 份证据
list-semicolon = ；
count-terms = { $n } 个词条
count-stories = { $n } 篇故事文本
act-added = 新增
act-changed = 更改
act-corrected = 更正
act-withdrawn = 撤回
act-redacted = 遮蔽
record-item = 条目
record-link = 关系
record-term = 词条
feed-title = { $act }：{ $title }

# quality
nav-quality = 质量
quality-intro = 本版次的不足之处。每个数字都可打开相应记录；欢迎有条件者补正。
quality-question = 有待改进之处
quality-count = 记录数
quality-of = 总数
quality-share = 占比
quality-none = 无。
quality-found = 共 { $n } 条记录
quality-single-source = 仅依据单一来源或单一来源组
quality-disputed = 有来源提出异议
quality-offered = 仅为推介，未证实成交
quality-undated = 没有日期
quality-unplaced = 完全没有地点
quality-country-only = 地点仅知国家或地区
quality-stale = 状态为持续性，但近五年没有来源
quality-undated-evidence = 来源均无日期
quality-untranslated = 有说明，但没有中文说明
quality-no-name = 没有中文名称
quality-no-country = 没有国家或地区
quality-unlinked = 没有任何关系
quality-no-address = 没有网址
quality-undated-source = 没有发布日期
quality-unused = 没有记录引用
quality-evidence-gone = 所依据的网页已不存在
quality-untranslated-term = 没有中文词条或释义
