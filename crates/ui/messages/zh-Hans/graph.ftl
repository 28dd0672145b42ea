# 谁与谁有关：关联、路径、比较、筛查。

# 路径条件
walk-conditions = 计入哪些关系
walk-types = 关系类型（不选即为全部）
walk-evidence = 可信程度（不选即为全部）
walk-time = 时间
walk-dated = 仅限注明日期的关系
walk-offered = 包括未证实成交的推介
walk-open-dates = 终止日期不详的关系视为仍然有效，起始日期不详的视为此前已经存在。

# 关联
connections-title = { $item }：关联
connections-profile = 返回条目
connections-to-path = 它与另一方有何关联？
connections-to-compare = 与其他条目比较
connections-see = 它与谁有关联？
connections-summary = 上方所有者：{ $owners }。下属：{ $owned }。其他直接关联：{ $others }。不限步数，与之相连的网络共有 { $network } 个条目。
connections-picture = 上方为所有者，下方为其拥有的对象，左侧为指向它的关系，右侧为由它发出的关系。下列表格内容相同，且更为完整。
connections-more = 另有 { $n } 项未画出，均列于表格中。
connections-none = 没有符合这些条件的关系。
connections-several = 多项
connections-owners = 上方：所有者
connections-owned = 下方：其拥有的对象
connections-who = 关联方
connections-through = 直接关联于
connections-ties = 关系数
connections-open = 展开关联：
connections-close = 收起关联：
connections-failed = 未能载入关联。

# 路径
path-ask = 两个条目有何关联？
path-intro = 最多四步，经由所有权、供应、合作及其他各类关系。每条路径均标明其中最薄弱的证据：路径的可信程度不会高于这一步。
path-title = 从{ $from }到{ $to }
path-from = 起点
path-to = 终点
path-show = 显示路径
path-none = 没有路径
path-none-why = 在这些条件下，四步之内没有关系把二者连接起来。图集中没有路径，并不表示事实上没有关联。
path-count = { $n } 条路径
path-count-more = 超过 { $n } 条路径
path-shown = 此处显示前 { $n } 条。缩小条件可查看其他路径。
path-ranking = 较短的路径在前；经过关系极多的条目，相当于多走几步。名单、法律和地点不作为中间环节，审查与禁令只在选中时计入：同列一份名单，或受同一机关审查，并不构成关联。
path-steps = { $n } 步
path-then = 然后
path-weakest = 最薄弱的证据：{ $what } { $how }
path-weakest-mark = 最薄弱的证据
path-others = 二者之间另有 { $n } 项关系：
picked-which = 您指的是哪一个？
picked-nothing = 图集中没有这个名称。

# 比较
compare-ask = 比较两个或三个条目
compare-intro = 并列比较：关系类型、类别、国家、年份和名单。关系较多只表示记录较多，并不表示不当行为较多。
compare-title = 比较：{ $items }
compare-item = 条目 { $n }
compare-show = 比较
compare-kind = 种类
compare-countries = 有事实记录的国家数
compare-caption = 比较对象
compare-list = 名单
compare-lists-caption = 现在或曾经被列入的名单
compare-no-lists = 未知其中任何一方现在或曾经被列入名单。
compare-not-listed = 未见记录
