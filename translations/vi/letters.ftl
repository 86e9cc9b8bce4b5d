## Dừng nhận thư

letters-stop-title = Dừng nhận email
letters-stop-text = Bạn muốn dừng những email nào? Biên nhận và đường dẫn bạn yêu cầu vẫn được gửi.
letters-stop-one = Dừng email về { $code }
letters-stop-list = Dừng email về: { $list }
letters-stop-every-day = Dừng bản tổng hợp mỗi sáng
letters-stop-every-week = Dừng bản tổng hợp thứ Hai
letters-stop-every-at_once = Dừng các email này
letters-stop-all = Dừng tất cả email
letters-stop-done = Xong. Bạn sẽ không nhận các email này nữa.
letters-stop-back = Nếu đổi ý, bạn chỉ cần theo dõi một phản ánh: email sẽ được gửi lại.
letters-stop-periodic = Dừng báo cáo định kỳ

## Theo dõi phản ánh

letters-follow-email = Địa chỉ email của bạn
letters-follow-hint = Không ai thấy địa chỉ này, kể cả đơn vị xử lý.
letters-follow-wrong = Đây chưa phải địa chỉ email. Vui lòng viết như ten@example.org.
letters-follow-sent = Vui lòng mở hộp thư
letters-follow-sent-text = Chúng tôi đã gửi email đến địa chỉ này. Bạn bắt đầu theo dõi khi bấm nút sau đường dẫn trong email. Nếu không thấy, vui lòng xem trong thư rác.
letters-follow-yes = Đúng, tôi muốn theo dõi

## Bàn làm việc

letters-desk-title = Email
letters-desk-all = Tất cả
letters-desk-of = Email về phản ánh { $code }
letters-desk-stuck = Sự kiện chưa thành email
letters-desk-stuck-text = Chưa thể tạo email từ các sự kiện này. Nhật ký cho biết lý do.
letters-desk-attempts = { $n } lần thử
letters-desk-next = lần tới { $when }
letters-desk-try = Thử lại
letters-desk-none = Chưa có email
letters-desk-none-text = Email hiện ở đây khi có việc xảy ra với phản ánh mà người gửi hoặc người theo dõi để lại địa chỉ.
letters-desk-when = Lúc tạo
letters-desk-report = Phản ánh
letters-desk-letter = Email
letters-desk-state = Kết quả gửi
letters-desk-again = Gửi lại
letters-desk-send = Gửi lại
letters-state-waiting = Đang chờ
letters-state-sent = Đã gửi
letters-state-failed = Không gửi được
letters-state-dropped = Không gửi
letters-reader-reporter = người gửi
letters-reader-follower = người theo dõi
letters-reader-staff = cán bộ
letters-reader-asker = người yêu cầu
letters-reader-author = người viết bình luận
letters-desk-way-push = thông báo
letters-desk-way-webhook = webhook
letters-detail-sent = đã gửi
letters-detail-stopped = người nhận đã dừng các email này
letters-detail-paused = webhook đang tạm dừng
letters-detail-no_address = không còn địa chỉ
letters-detail-not_public = phản ánh không còn công khai
letters-detail-comment_hidden = người duyệt đã ẩn câu trả lời
letters-detail-interrupted = dịch vụ dừng trong lúc gửi
letters-detail-unwritable = không tạo được email; nhật ký cho biết lý do
letters-detail-timeout = máy chủ email trả lời quá lâu
letters-detail-gone = nơi nhận không còn nữa
letters-detail-nothing_left = không còn gì công khai để báo

## Names of letters, as the desk lists them

letters-name-receipt = Biên nhận
letters-name-accepted = Đã tiếp nhận
letters-name-moved = Chuyển đơn vị
letters-name-question = Câu hỏi
letters-name-question_expired = Câu hỏi chưa được trả lời
letters-name-paused = Tạm dừng
letters-name-progress = Tình hình xử lý
letters-name-extended = Được gia hạn
letters-name-late = Trễ hạn
letters-name-extension = Đề nghị gia hạn
letters-name-warn = Sắp đến hạn
letters-name-overdue = Gửi cán bộ: trễ hạn
letters-name-refused = Không tiếp nhận
letters-name-merged = Gộp với phản ánh trước
letters-name-result = Kết quả
letters-name-remind = Hỏi lại đã xong chưa
letters-name-promise_due = Đến ngày hẹn
letters-name-hidden = Không còn công khai
letters-name-redacted = Che một phần
letters-name-official_comment = Trả lời chính thức
letters-name-lock_given = Tạm dừng quyền bình luận
letters-name-lock_appealed = Đề nghị xem lại việc tạm dừng quyền bình luận
letters-name-lock_ruled = Quyết định về việc tạm dừng quyền bình luận
letters-name-news = Tin cho người theo dõi
letters-name-work = Việc mới
letters-name-replied = Người gửi đã trả lời
letters-name-contested = Đề nghị xem lại việc từ chối
letters-name-sent_back = Yêu cầu làm lại
letters-name-reopened = Mở lại
letters-name-appealed = Đề nghị cấp trên xem lại
letters-name-promise_due_work = Hẹn xong hôm nay
letters-name-withdrawn = Đã rút
letters-name-sign_in = Đường dẫn đăng nhập
letters-name-confirm_address = Xác nhận địa chỉ
letters-name-follow_confirm = Xác nhận theo dõi
letters-name-found = Tin trong danh sách theo dõi
letters-name-bulletin = Bản tổng hợp
letters-name-periodic = Báo cáo định kỳ
letters-name-webhook_test = Gửi thử webhook
letters-name-follow_list_confirm = Xác nhận theo dõi danh sách
