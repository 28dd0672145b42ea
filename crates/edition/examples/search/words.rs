//! The words from which the texts are made.

/// English words, the most frequent first.
pub const ENGLISH: &str = "the of and to in a for with on by from at as its under was were has have that which is are \
    system camera network police city contract company project supply report government security public state data \
    equipment technology centre control platform sensor server software border airport station ministry agency \
    provincial municipal national regional district council programme phase stage budget tender bid award loan bank \
    fund share stake owner subsidiary branch partner vendor buyer reseller integrator installer operator maintenance \
    training licence patent standard protocol router switch antenna tower cable fibre landing satellite ground cloud \
    storage database index search match alert analysis recognition identification number plate vehicle traffic signal \
    crossing toll gate door access card reader turnstile stadium school campus hospital prison court registry customs \
    port harbour railway metro bus route map record file archive evidence statement denial review audit inquiry \
    regulator privacy law act decree order notice clause article annex schedule deadline delivery shipment invoice \
    payment currency interest guarantee insurance risk exposure list entity sanction export import tariff quota permit \
    research laboratory university professor grant conference journal paper method model algorithm dataset benchmark \
    accuracy error threshold speed memory processor chip wafer module board display screen tablet phone handset radio \
    microphone drone robot balloon vessel truck trailer helmet badge uniform command dispatch emergency response fire \
    flood drill exercise patrol checkpoint fence wall lamp pole box rack room building floor street square park bridge \
    tunnel river coast island province county village resident visitor migrant worker student teacher driver officer \
    spokesperson minister governor mayor deputy committee assembly parliament election party union association charity";

/// Latin words that no Chinese name is read as, for questions in two scripts; they stand in Chinese texts.
pub const SCANNED: [&str; 14] = [
    "camera", "network", "platform", "contract", "sensor", "server", "software", "vendor", "router", "drone", "border",
    "cloud", "index", "report",
];

/// Beginnings and ends of made-up syllables.
pub const ONSETS: [&str; 24] = [
    "b", "br", "cr", "d", "dr", "f", "fl", "g", "gr", "k", "kl", "l", "m", "n", "p", "pr", "r", "s", "st", "t", "tr",
    "v", "z", "pl",
];
/// The other halves.
pub const RIMES: [&str; 24] = [
    "a", "e", "i", "o", "u", "ax", "el", "in", "or", "us", "ent", "ix", "ov", "al", "em", "ard", "ist", "on", "ek",
    "urn", "ast", "ild", "omp", "erv",
];

/// Chinese words, the most frequent first.
pub const CHINESE: &str = "的 系统 公司 项目 城市 技术 建设 公安 政府 数据 安全 网络 监控 平台 设备 采购 管理 视频 摄像机 信息 \
    中心 人脸 识别 合同 招标 供应商 报告 国家 地区 企业 服务 工程 智能 智慧 交通 车辆 车牌 道路 机场 边境 海关 警察 分局 \
    指挥 调度 应急 消防 社区 学校 校园 医院 监狱 法院 部门 机构 委员会 投资 基金 银行 贷款 股份 子公司 集团 合作 协议 备忘录 \
    研究 大学 实验室 论文 算法 模型 数据库 服务器 软件 硬件 芯片 模块 终端 手机 无线电 天线 基站 光缆 海缆 登陆站 卫星 云计算 \
    存储 检索 分析 预警 布控 轨迹 身份 证件 门禁 闸机 体育场 广场 街道 公园 桥梁 隧道 河流 海岸 岛屿 省份 县城 村庄 居民 游客 \
    工人 学生 教师 司机 官员 发言人 部长 省长 市长 议会 选举 法律 法令 条例 公告 附件 期限 交付 货物 发票 付款 货币 利率 担保 \
    保险 风险 名单 实体 制裁 出口 进口 关税 许可 专利 标准 协议书 路由器 交换机 无人机 机器人 飞艇 船舶 卡车 头盔 徽章 演练 巡逻 \
    检查站 围栏 路灯 立杆 机柜 机房 楼层 运营 维护 培训 安装 集成 验收 审计 隐私 监管 否认 回应 声明 证据 档案 记录 地图 编号";

/// Characters from which further words and names are made.
pub const CHARACTERS: &str = "海康威视大华晶云从旷商汤科讯飞天地伟业宇盾安泰中星微东方网力高新兴银河航信烽火浪潮曙光太极锐捷深思明景瑞佳铭博远恒通达利成长久盛昌荣和\
    顺平春江南北西山水木金石玉林森松柏竹梅兰菊清风雷电光辉耀灿阳月辰晓晨旭日升鸿鹏龙凤虎马麒麟宝珠珍贵富强民国家军警法制度量衡准精密仪器表盘针线缆管道桥梁路\
    桩基础岩土沙漠绿洲草原牧场农田稻谷麦豆茶酒酱醋盐糖油粮食品味香花果树叶根茎医药健康体育文化艺术书画琴棋教学校园师生研究院所厅局处科室组团队伍员工会议程序列\
    联盟协商贸易市场交换价格税务财政审计监督检查验收货物流速递快运输送给予供求需要点线面角度边界限时空间隔断续接收发射频率波段声音像素材料质感知识别认证明确定位";

/// Simplified characters with their traditional forms.
pub const TRADITIONAL: [(char, char); 60] = [
    ('视', '視'),
    ('华', '華'),
    ('云', '雲'),
    ('讯', '訊'),
    ('飞', '飛'),
    ('业', '業'),
    ('东', '東'),
    ('网', '網'),
    ('银', '銀'),
    ('长', '長'),
    ('顺', '順'),
    ('风', '風'),
    ('电', '電'),
    ('辉', '輝'),
    ('灿', '燦'),
    ('阳', '陽'),
    ('鸿', '鴻'),
    ('鹏', '鵬'),
    ('龙', '龍'),
    ('凤', '鳳'),
    ('马', '馬'),
    ('宝', '寶'),
    ('贵', '貴'),
    ('国', '國'),
    ('军', '軍'),
    ('仪', '儀'),
    ('盘', '盤'),
    ('针', '針'),
    ('线', '線'),
    ('缆', '纜'),
    ('桥', '橋'),
    ('绿', '綠'),
    ('场', '場'),
    ('农', '農'),
    ('医', '醫'),
    ('药', '藥'),
    ('园', '園'),
    ('师', '師'),
    ('厅', '廳'),
    ('处', '處'),
    ('组', '組'),
    ('团', '團'),
    ('队', '隊'),
    ('员', '員'),
    ('会', '會'),
    ('议', '議'),
    ('联', '聯'),
    ('协', '協'),
    ('贸', '貿'),
    ('务', '務'),
    ('财', '財'),
    ('审', '審'),
    ('检', '檢'),
    ('验', '驗'),
    ('货', '貨'),
    ('输', '輸'),
    ('边', '邊'),
    ('时', '時'),
    ('频', '頻'),
    ('识', '識'),
];

/// Places in both languages.
pub const PLACES: [(&str, &str); 16] = [
    ("Hangzhou", "杭州"),
    ("Shenzhen", "深圳"),
    ("Beijing", "北京"),
    ("Shanghai", "上海"),
    ("Chengdu", "成都"),
    ("Nanjing", "南京"),
    ("Wuhan", "武汉"),
    ("Xiamen", "厦门"),
    ("Nairobi", "内罗毕"),
    ("Belgrade", "贝尔格莱德"),
    ("Quito", "基多"),
    ("Tashkent", "塔什干"),
    ("Lahore", "拉合尔"),
    ("Bangkok", "曼谷"),
    ("Lima", "利马"),
    ("Cairo", "开罗"),
];

/// Fields of work in both languages.
pub const FIELDS_ZH: [(&str, &str); 12] = [
    ("Technology", "科技"),
    ("Digital Technology", "数字技术"),
    ("Network", "网络"),
    ("Software", "软件"),
    ("Security", "安防"),
    ("Communication", "通信"),
    ("Electronics", "电子"),
    ("Information", "信息"),
    ("Intelligent Systems", "智能系统"),
    ("Data", "数据"),
    ("Optics", "光电"),
    ("Robotics", "机器人"),
];

/// Kinds of bodies with their forms in both languages.
pub const FORMS: [(&str, &str, &str); 4] = [
    ("company", "Co., Ltd.", "有限公司"),
    ("public-body", "Bureau", "局"),
    ("university", "University", "大学"),
    ("investor", "Fund", "基金"),
];
