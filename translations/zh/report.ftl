### A report, told alike wherever it appears.

report-hidden-title = 已隐藏：{ $reason }
report-private-title = 不公开的反馈 · { $field }
report-confidential-title = 保密反馈 · { $field }
photo-alt = 反馈的照片

clock-reporter = 反馈人
clock-owes-check = 核对并确定由谁处理
clock-owes-reply = 回答问题
clock-owes-review = 复核结果
clock-owes-answer = 附照片的答复
clock-by = { $when }前
clock-result-by = 结果期限 { $when }
clock-planned = 承诺于 { $date } 完成
clock-took = 用时 { $span }办完
clock-closed-after = { $span }后结束
clock-took-late = { $took }，逾期{ $span }
clock-took-in-time = { $took }，按时

filter-unknown = 没有这个选项，已忽略。
filter-date = 日期不对。请写成 2026-11-27 这样的格式。
filter-period = 结束日期须晚于开始日期，已忽略这个时间段。
