### 账本关于自身发布情况的说明：延期公开，以及被暂缓发布的版次。

notice-embargo = 封存至 { $day }：内容已在此登记承诺，届时方可阅读
notice-reveal = 公开第 { $edition } 版所封存的内容
notice-abandon = 销毁第 { $edition } 版所封存的内容（{ $why }；公告 { $notice }）
notice-override = 第 { $edition } 版中有 { $n } 条记录不再出现，仍予发布。所述理由：{ $reason }
