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
