### Một phản ánh, ở đâu cũng nói như nhau.

report-hidden-title = Đã ẩn: { $reason }
report-private-title = Phản ánh không công khai · { $field }
report-confidential-title = Phản ánh kín · { $field }
photo-alt = Ảnh của phản ánh

clock-reporter = Người gửi
clock-owes-check = phân loại, giao việc
clock-owes-reply = trả lời câu hỏi
clock-owes-review = kiểm tra kết quả
clock-owes-answer = câu trả lời kèm ảnh
clock-by = hạn { $when }
clock-result-by = hạn trả kết quả { $when }
clock-planned = hẹn làm ngày { $date }
clock-took = xong sau { $span }
clock-closed-after = đóng sau { $span }
clock-took-late = { $took }, trễ hạn { $span }
clock-took-in-time = { $took }, đúng hạn

filter-unknown = Không có lựa chọn này nên đã bỏ qua.
filter-date = Ngày chưa đúng. Vui lòng viết như 2026-11-27.
filter-period = Ngày cuối phải sau ngày đầu nên đã bỏ khoảng này.
