# 建议：表单、核对、代码与处理进度。

suggestion-title = 建议修改
suggestion-title-new = 建议新增内容
suggestion-title-error = 报告错误
suggestion-step = 第 { $n } 页，共 3 页
suggestion-about = 涉及
suggestion-about-new = 本图集尚未收录的内容
suggestion-property = 属性
suggestion-now = 图集现有内容
suggestion-now-nothing = 尚无内容

# 表单
suggestion-public = 我们只接受公开来源：任何人都能或曾能查阅的登记、招标文件、报告、报刊或公司自身网页。无需账号，也无需姓名。
suggestion-secret = 您手中有泄露的或机密的材料？
suggestion-secret-why = 请不要在此提交。本表单并非为保护消息来源而设，我们将不得不删除您提交的材料。
suggestion-secret-press = 请联系设有专门匿名举报系统的新闻机构。请在其官方网页上查找地址，并先阅读其建议再打开。
suggestion-secret-device = 请使用与您的工作毫无关联的设备和网络。
suggestion-secret-tor = 请使用安全级别设为“最安全”的洋葱浏览器。
suggestion-secret-law = 如果能安全地做到，请先寻求法律意见：工会、新闻工作者协会或律师协会或可提供帮助。
suggestion-what = 应当怎样表述？
suggestion-what-new = 图集应当收录什么？
suggestion-what-gap = 此处应填什么？
suggestion-what-error = 哪里有误？
suggestion-where = 地点
suggestion-where-hint = 国家、城市或场所：来源说得多具体，就写得多具体。
suggestion-when = 时间或起始时间
suggestion-when-hint = 例如 2017、2017-08 或 2017/2019。
suggestion-source = 在哪里可以读到？
suggestion-source-hint = 网址，或作者、标题与日期。
suggestion-passage = 来源原文
suggestion-passage-hint = 请用原文语言，两三句即可。
suggestion-note = 给编辑的附言
suggestion-note-hint = 绝不公开。请不要写明您是谁。
suggestion-file = 文件
suggestion-file-hint = 最多三个，每个不超过 8 兆字节：图片、文本、网页或办公软件文档。我们只保留图像的像素或文档的文字，其余内容连同文件名一并销毁。
suggestion-files-held = 以下文件暂存于内存，直到您提交为止，最长两小时：
suggestion-files-drop = 移除文件
suggestion-next = 下一步：核对内容
suggestion-have-code = 已经有代码？

suggestion-kept = 提交之后
suggestion-kept-what = 我们保留表单中的文字、文件中余下的内容以及日期；不保留时刻。
suggestion-kept-not = 我们不保留地址、浏览器名称，也不使用 Cookie。为计算同一处的提交次数，会用您的地址与一把随后丢弃的密钥生成一个数字，仅存于内存，最长一小时。
suggestion-kept-files = 文件在任何人打开之前即被拆解：图片重新绘制，文档转为纯文本。其中隐藏的地点、设备、作者与日期均不复存在。
suggestion-kept-long = 任何内容都不会自动发布。哪些内容进入图集，由两名编辑共同决定。您提交的内容最迟在决定作出一年后删除；凭代码提出要求，则立即删除。
suggestion-kept-people = 本图集记录的是机构及其所建系统。请勿涉及个人：个人的姓名、电话和住址在此毫无用处。

# 表单中的问题
suggestion-nothing = 表单还是空的。请至少填写一项。
suggestion-too-long = “{ $field }”超过 { $most } 个字符。内容未丢失，请在下方缩短。
suggestion-files-too-often = 文件未被接收：目前正在处理的文件过多。您的文字全部保留。可以不带文件继续，也可返回并在几分钟后重试。
suggestion-files-full = 文件未被接收：目前没有空间。您的文字全部保留。可以不带文件继续，也可返回并在一小时后重试。
suggestion-files-forgotten = 文件已不再保留：已过两小时，或网站重新启动过。您的文字全部保留，请重新选择文件。
suggestion-file-kind = 第 { $number } 个文件未被接收：不属于可清理的类型，或没有可读取的文字（例如扫描页）。请提交相关部分的图片，或将文字复制到表单中。
suggestion-file-damaged = 第 { $number } 个文件未被接收：无法读取。文件可能不完整、设有密码，或展开后过大。
suggestion-file-many = 第 { $number } 个文件未被接收：最多三个文件。
suggestion-file-size = 第 { $number } 个文件未被接收：文件为空，或超过 8 兆字节。
suggestion-file-broken = 第 { $number } 个文件未被接收：我们这一侧出了故障。

# 第二页
suggestion-check = 这样对吗？
suggestion-understood = 已读取的内容
suggestion-files = 文件中余下的内容
suggestion-file-picture = 图片，{ $width } × { $height } 像素，已重新绘制
suggestion-file-words = 文本，共 { $n } 个字符。开头为：
suggestion-look-again = 请再看一遍
suggestion-look-again-why = 以下各点都不妨碍您提交。
suggestion-concern-email = “{ $words }”像是某人的电子邮箱。有必要保留吗？
suggestion-concern-phone = “{ $words }”像是电话号码。有必要保留吗？
suggestion-concern-number = “{ $words }”像是可识别个人身份的号码。请删去。
suggestion-concern-name = “{ $words }”像是人名。本图集不收录个人。
suggestion-concern-no-source = 未注明来源。没有来源，编辑须先行查找。
suggestion-concern-address = “{ $words }”不是人人可以打开的网址。网址应指向公开网站，并写明完整地址。
suggestion-concern-date = 日期无法识别。如果只知道这些也无妨；否则请写成 2017、2017-08 或 2017-08-21。
suggestion-concern-date-as = 日期无法识别。您是指 { $words } 吗？
suggestion-question = 请人来回答的问题
suggestion-question-which = 请写出列表中的第 { $n } 个词。
suggestion-question-why = 以防程序塞满编辑部。可以直接复制该词。
suggestion-send = 提交
suggestion-edit = 返回修改
suggestion-question-wrong = 写的是另一个词。内容未丢失，请回答新的问题。
suggestion-question-late = 问题已过期。内容未丢失，请回答新的问题。
suggestion-question-again = 该问题已经回答过。如果您已得到代码，建议即已送达；如需再次提交，请回答新的问题。
suggestion-too-often = 近来操作过于频繁。内容未丢失，请等待十分钟后重试。
suggestion-full = 待处理的建议已达上限。只要本页开着，您的内容就不会丢失：请明天再试，或将文字另行保存。
suggestion-broken = 我们这一侧出了故障，未保存任何内容。您的文字全部保留，请稍后重试。

# 第三页
suggestion-done = 已收到。这是您的代码
suggestion-done-why = 请立即记下，代码只显示一次。
suggestion-done-only = 代码是找回这条建议的唯一途径。我们只保存它的指纹，无法为您找回。
suggestion-done-back = 请一两周后回来查看：{ $page }编辑可能有问题要问。
suggestion-done-remove = 凭代码还可以删除您提交的全部内容。

# 不接收建议之处
suggestion-closed = 本副本不接收建议，其原站没有公开网址。
suggestion-closed-here = 这是图集的副本。建议由原站接收：{ $address }

# 处理进度
suggestion-status-title = 我的建议进展如何？
suggestion-status-why = 请输入您得到的六个词。
suggestion-code = 您的代码
suggestion-code-hint = 六个英文单词。大小写与间隔符均可，每个词输入前四个字母即可。
suggestion-status-look = 查看
suggestion-no-such-code = 没有与此代码对应的建议。请检查拼写与词序。内容也可能已被删除：最迟在决定作出一年后删除。
suggestion-standing = 状态
suggestion-received = 收到日期
suggestion-since = 此状态始于
suggestion-received-label = 已收到
suggestion-received-why = 正等待编辑阅读。
suggestion-in-review = 审核中
suggestion-in-review-why = 编辑正在对照来源核实。
suggestion-asked = 有问题请您回答
suggestion-asked-why = 编辑需要先了解一些情况才能继续。
suggestion-accepted = 已采纳
suggestion-accepted-why = 两名编辑一致同意。内容已以编辑的文字并附来源收入图集。
suggestion-returned = 已退回
suggestion-returned-why = 目前无法继续。理由说明了还缺什么，您可以在下方补充。
suggestion-rejected = 未采用
suggestion-rejected-why = 不会收入图集。理由见下。
suggestion-said = 往来内容
suggestion-said-you = 您
suggestion-said-reviewer = 编辑
suggestion-answer = 您的回答
suggestion-answer-send = 提交回答
suggestion-answer-size = 请写不超过 8,000 个字符的回答。
suggestion-not-asked = 目前没有问题需要回答，因此您的回答未提交。如需复制，内容见下。
suggestion-withdraw = 删除我提交的内容
suggestion-withdraw-why = 您提交的一切都将永久删除：文字、文件、回答和代码。已收入图集的内容以编辑的文字保留。
suggestion-withdraw-sure = 是，删除
suggestion-withdraw-tick = 请先勾选“是，删除”。
suggestion-withdrawn = 已删除。此处不再保留任何内容。

# 入口
suggestion-value = 建议修改
suggestion-record = 建议修改本条记录
suggestion-gaps = 图集尚不知道的内容
suggestion-gaps-why = 以下各项尚无任何信息。如果您知道公开来源，请告诉我们。
nav-report-error = 报告本页错误
nav-suggest = 建议新增内容
nav-suggestion-status = 查询代码

# 更正、通知登记、透明度
nav-corrections = 更正
nav-notices = 通知登记
nav-transparency = 透明度
corrections-intro = 自第一版以来更正、撤回或销毁的全部内容：原先的内容、现在的内容以及理由。本列表由账本生成，任何更正都不会遗漏。
corrections-none = 尚无更正。
notices-intro = 因法院命令、权利主张成立或可能使人受到伤害而销毁的内容。原处留有墓碑予以说明，其余记录的证明保持完整。
notices-none = 尚无因通知而销毁的内容。
notices-limits = 列入登记不代表对通知作出评判。本列表由账本生成：只包含已产生结果的通知，不包含未引起改动的通知。
notices-reference = 编号
notices-reason = 理由
notices-outcome = 处理结果
notices-when = 日期
notices-destroyed = 销毁 { $n } 个值
notices-captures = 销毁 { $n } 份存档及其文字
notices-given-up = 封存内容未经阅读即被销毁
transparency-intro = 本图集保存什么、保存多久、多少次不得不收回内容。若有人向我们索要更多，索要的便是我们没有的东西。
transparency-inventory = 保存的内容
transparency-counts = 由账本统计
transparency-counted = 每条记录在每个更正、撤回或删除它的版次中各计一次。
transparency-editions = 共 { $n } 版
transparency-corrected = 更正 { $n } 条记录
transparency-withdrawn = 撤回 { $n } 条记录
transparency-redacted = 删除内容的记录 { $n } 条
transparency-destroyed = 销毁 { $n } 个值
transparency-captures = 已销毁 { $n } 份存档
transparency-notices = 产生结果的通知 { $n } 件
inventory-ledger = 账本：条目、关系、主张、证据、决定
inventory-ledger-long = 永久公开。只记角色，不记人名；只记日期，不记时刻。
inventory-captures = 来源存档
inventory-captures-long = 与依据它的主张同期保存。其文字公开；网站对我们的原始应答一般不公开。
inventory-readers = 读者
inventory-readers-long = 不保存：没有地址，没有浏览器名称，没有 Cookie，没有阅读记录。
inventory-lists = 读者用于与图集比对的名单
inventory-lists-long = 半小时，仅存于内存。
inventory-suggestions = 建议
inventory-suggestions-long = 文字、文件中余下的内容以及日期：保存至提交者删除为止，最迟在决定作出一年后删除。
inventory-counts = 同一处提交建议的次数
inventory-counts-long = 最长一小时，仅存于内存，只是一个数字；没有随后丢弃的密钥，它不说明任何问题。

# 答复权
reply-title = 答复权
reply-why = 发布前后，我们就图集对有关机构的记载请其答复。答复逐字载于此处；既不推迟发布，也不决定发布。
reply-asked = 请求日期：{ $date }
reply-channel = 方式：{ $channel }
reply-received = 收到答复：{ $date }
reply-none = 未收到答复
reply-none-by = 截至{ $date }未收到答复
reply-open = 尚未收到答复
reply-open-until = 答复期限：{ $date }
