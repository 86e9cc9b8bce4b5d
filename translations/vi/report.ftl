### Một phản ánh, ở đâu cũng nói như nhau.

report-hidden-title = Đã ẩn: { $reason }
report-private-title = Phản ánh riêng tư · { $field }
report-confidential-title = Phản ánh bảo mật · { $field }
photo-alt = Ảnh của phản ánh

clock-reporter = Người gửi
clock-owes-check = kiểm tra và giao việc
clock-owes-reply = trả lời câu hỏi
clock-owes-review = kiểm tra kết quả
clock-owes-answer = câu trả lời kèm ảnh
clock-planned = hẹn làm ngày { $date }
clock-took = xong sau { $span }
clock-closed-after = đóng sau { $span }

filter-unknown = Không có lựa chọn này nên đã bỏ qua.
filter-date = Ngày chưa đúng. Viết như 2026-11-27 nhé.
filter-period = Ngày cuối phải sau ngày đầu nên đã bỏ khoảng này.
