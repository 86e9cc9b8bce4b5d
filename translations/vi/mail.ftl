### Thư. $code là mã phản ánh, $agency đơn vị đang xử lý, $outcome kết quả, $other mã phản ánh đã gộp vào,
### $city thành phố, $what tin mới.

mail-receipt-subject = Phản ánh { $code }: đã gửi, chờ tiếp nhận
mail-receipt-text = Cảm ơn bạn. Trung tâm đang kiểm tra phản ánh. Hãy giữ email này: đường dẫn bên dưới chỉ dành cho bạn, để theo dõi, trả lời, thêm ảnh, đánh giá hoặc rút phản ánh.
mail-accepted-subject = Phản ánh { $code }: đã tiếp nhận
mail-accepted-text = Phản ánh của bạn đã được tiếp nhận. Đơn vị xử lý: { $agency }.
mail-moved-subject = Phản ánh { $code }: đã chuyển đơn vị
mail-moved-text = Phản ánh của bạn đã được chuyển cho { $agency } xử lý.
mail-question-subject = Phản ánh { $code }: có câu hỏi dành cho bạn
mail-question-text = Để xử lý tiếp, cần bạn trả lời một câu hỏi theo đường dẫn dưới đây. Thời gian chờ không tính vào thời hạn.
mail-question_expired-subject = Phản ánh { $code }: chúng tôi tiếp tục khi chưa có câu trả lời
mail-question_expired-text = Chúng tôi đã hỏi bạn nhưng chưa nhận được câu trả lời đúng hạn. Chúng tôi tiếp tục với những gì đã biết. Bạn vẫn có thể thêm ảnh.
mail-paused-subject = Phản ánh { $code }: việc xử lý phải tạm dừng
mail-paused-text = { $agency } phải tạm dừng xử lý phản ánh của bạn, vì lý do sau:
mail-progress-subject = Phản ánh { $code }: tình hình xử lý
mail-progress-text = { $agency } cho bạn biết việc xử lý đến đâu:
mail-extended-subject = Phản ánh { $code }: được gia hạn
mail-extended-text = { $agency } đã đề nghị gia hạn một lần và được người đứng đầu đơn vị duyệt. Thời hạn mới ở dưới đây.
mail-late-subject = Phản ánh { $code }: trễ hạn
mail-late-text = Phản ánh của bạn đã trễ hạn. { $agency } phải báo tiến độ và ngày hoàn thành.
mail-extension-subject = Phản ánh { $code }: đề nghị gia hạn
mail-extension-text = Cán bộ của { $agency } đề nghị gia hạn. Hãy duyệt, hoặc giữ nguyên thời hạn. Quyết định được công khai. Lý do:
mail-warn-subject = Phản ánh { $code }: sắp đến hạn
mail-warn-text = Đã dùng { $percent }% thời gian. Bước: { $step }.
mail-overdue-subject = Phản ánh { $code }: trễ hạn
mail-overdue-text = Đã dùng { $percent }% thời gian. Bước: { $step }. Trang của phản ánh cho mọi người biết điều này.
mail-refused-subject = Phản ánh { $code }: không được tiếp nhận
mail-refused-text = Chúng tôi không thể tiếp nhận phản ánh của bạn. Lý do ở dưới đây. Nếu không đồng ý, bạn có thể đề nghị xem lại một lần; khi đó người khác sẽ quyết định.
mail-merged-subject = Phản ánh { $code }: đã có người báo trước
mail-merged-text = Việc này đang được xử lý dưới mã { $other }. Phản ánh của bạn đã được gộp vào đó, và bạn được tính là một người cùng gặp.
mail-result-subject = Phản ánh { $code }: { $outcome }
mail-result-text = Phản ánh của bạn đã có kết quả: “{ $outcome }”. Vui lòng mở đường dẫn dưới đây để đánh giá. Nếu không hài lòng, bạn có thể đề nghị xử lý lại.
mail-remind-subject = Phản ánh { $code }: việc đã xong chưa?
mail-remind-text = Vài ngày trước chúng tôi đã công bố kết quả phản ánh của bạn: “{ $outcome }”. Bạn chưa cho biết việc đã xong chưa. Vui lòng xem và trả lời theo đường dẫn dưới đây. Chúng tôi sẽ không nhắc lại nữa.
mail-promise_due-subject = Phản ánh { $code }: đã đến ngày hẹn
mail-promise_due-text = Hôm nay là ngày đã hẹn với bạn. Phản ánh được mở lại cho đến khi làm xong. { $agency } đang xử lý. Việc đã xong chưa? Hãy cho biết theo đường dẫn dưới đây.
mail-hidden-subject = Phản ánh { $code }: không còn công khai
mail-hidden-text = Người duyệt đã gỡ phản ánh của bạn khỏi trang công khai. Việc xử lý vẫn tiếp tục. Lý do:
mail-redacted-subject = Phản ánh { $code }: một phần đã được che
mail-redacted-text = Người duyệt đã che một số từ hoặc ảnh trong phản ánh của bạn để bảo vệ người khác. Lý do:
mail-official_comment-subject = Phản ánh { $code }: có trả lời chính thức trong phần thảo luận
mail-official_comment-text = Thành phố đã trả lời trong phần thảo luận về phản ánh của bạn:
mail-lock_given-subject = Quyền bình luận của bạn bị tạm dừng
mail-lock_given-text = { $agency } tạm dừng quyền bình luận của bạn vì một bình luận của bạn đã bị ẩn. Lý do: { $subject }. Những việc khác bạn vẫn làm được, và việc tạm dừng tự kết thúc khi hết hạn. Nếu không đồng ý, bạn được đề nghị xem lại một lần theo đường dẫn bên dưới; người khác quyết định.
mail-lock_ruled-subject = Quyết định về việc tạm dừng bình luận
mail-lock_ruled-text = Một người khác, không phải người đã tạm dừng quyền bình luận của bạn, đã quyết định. { $outcome } Lý do:
mail-lock_appealed-subject = Đề nghị xem lại việc tạm dừng quyền bình luận
mail-lock_appealed-text = Một người bị tạm dừng quyền bình luận đề nghị xem lại ({ $subject }). Cần một người khác với người đã tạm dừng quyết định.
mail-news-subject = Phản ánh { $code }: { $what }
mail-news-text = Phản ánh bạn theo dõi có tin mới: { $what }.
mail-found-subject = { $service }, { $area }: { $what }
mail-found-text = Có tin trong danh sách bạn theo dõi: { $list }.
mail-work-subject = Việc mới: phản ánh { $code }
mail-work-text = Một phản ánh đã được giao cho { $agency }. Hãy bắt đầu xử lý, hoặc trả lại kèm lý do nếu không đúng thẩm quyền.
mail-replied-subject = Phản ánh { $code }: người gửi đã trả lời
mail-replied-text = Người gửi đã trả lời câu hỏi. Bạn có thể tiếp tục xử lý.
mail-contested-subject = Phản ánh { $code }: đề nghị xem lại việc từ chối
mail-contested-text = Người gửi không đồng ý với việc từ chối. Cần một người khác với người đã từ chối quyết định.
mail-sent_back-subject = Phản ánh { $code }: câu trả lời cần làm lại
mail-sent_back-text = Trung tâm chưa công bố câu trả lời. Lý do ở dưới đây; hãy trả lời lại.
mail-reopened-subject = Phản ánh { $code }: được mở lại
mail-reopened-text = Người gửi chưa hài lòng với kết quả. Phản ánh trở lại với { $agency }.
mail-appealed-subject = Phản ánh { $code }: đề nghị cấp trên xem lại
mail-appealed-text = Người gửi chưa hài lòng lần thứ hai. Phản ánh đang ở { $agency }.
mail-promise_due_work-subject = Phản ánh { $code }: hẹn xong hôm nay
mail-promise_due_work-text = Hôm nay là ngày đã hẹn với người gửi. Phản ánh được mở lại.
mail-withdrawn-subject = Phản ánh { $code }: đã được rút
mail-withdrawn-text = Người gửi đã rút lại. Không cần làm gì thêm.
mail-sign_in-subject = Đường dẫn đăng nhập của bạn
mail-sign_in-text = Có yêu cầu đăng nhập { $city } bằng địa chỉ này. Đường dẫn dùng một lần, trong 30 phút. Nếu không phải bạn, hãy bỏ qua.
mail-confirm_address-subject = Xác nhận địa chỉ email
mail-confirm_address-text = Địa chỉ này được nhập cho một tài khoản cán bộ tại { $city }. Nếu đúng là của bạn, hãy mở đường dẫn và xác nhận. Nếu không phải bạn, hãy bỏ qua email này.
mail-follow_confirm-subject = Bạn muốn theo dõi phản ánh { $code }?
mail-follow_confirm-text = Có yêu cầu theo dõi phản ánh này bằng địa chỉ email này. Nếu đúng là bạn, vui lòng xác nhận theo đường dẫn. Nếu không phải bạn, hãy bỏ qua: sẽ không có email nào nữa.
mail-follow_list_confirm-subject = Bạn muốn theo dõi: { $list }?
mail-follow_list_confirm-text = Có yêu cầu theo dõi danh sách này bằng địa chỉ email này. Nếu đúng là bạn, vui lòng xác nhận theo đường dẫn. Nếu không phải bạn, hãy bỏ qua: sẽ không có email nào nữa.

## Tin cho người theo dõi

mail-what-submit = phản ánh mới
mail-what-pause = việc xử lý phải tạm dừng
mail-what-progress = tình hình xử lý
mail-what-grant_extension = được gia hạn
mail-what-escalate = trễ hạn
mail-what-refuse = không được tiếp nhận
mail-what-merge = đã gộp với phản ánh trước đó
mail-what-undo = đã thu hồi quyết định
mail-what-publish = đã có kết quả
mail-what-reopen = được mở lại
mail-what-appeal = đề nghị cấp trên xem lại
mail-what-promise_due = đã đến ngày hẹn
mail-what-withdraw = người gửi đã rút lại
mail-what-official_comment = có trả lời chính thức trong phần thảo luận

## Thông tin

mail-fact-code = Mã
mail-fact-service = Loại phản ánh
mail-fact-area = Ở đâu
mail-fact-agency = Đơn vị xử lý
mail-fact-next = Việc tiếp theo
mail-fact-took = Kết thúc
mail-fact-due = Hạn trả kết quả
mail-fact-call = Hãy gọi ngay
mail-fact-reply = Hạn trả lời
mail-fact-planned = Hẹn ngày
mail-fact-until = Đến

## Đường dẫn, và vì sao bạn nhận thư

mail-link-reporter = Mở phản ánh của tôi
mail-link-follower = Mở phản ánh
mail-link-staff = Mở trên bàn làm việc
mail-link-author = Xem vì sao, và bạn có thể làm gì
mail-link-sign_in = Đăng nhập
mail-link-confirm_address = Xác nhận địa chỉ
mail-link-follow_confirm = Đúng, tôi muốn theo dõi
mail-link-follow_list_confirm = Đúng, tôi muốn theo dõi
mail-why-reporter = Bạn nhận email này vì bạn đã gửi phản ánh này.
mail-why-follower = Bạn nhận email này vì bạn theo dõi phản ánh này.
mail-why-list = Bạn nhận email này vì đang theo dõi: { $list }.
mail-why-staff = Bạn nhận email này vì công việc của bạn với thành phố.
mail-why-asker = Bạn nhận email này vì có người nhập địa chỉ của bạn.
mail-why-author = Bạn nhận email này vì email nói về quyền của bạn.
mail-stop = Dừng các email này
mail-mine = Xem và dừng tất cả những gì bạn theo dõi

## Bulletins: what is new in all that somebody follows. $n reports, $new of them new, $settled settled.

mail-bulletin-day-subject = Từ sáng qua: { $new } phản ánh mới, { $settled } đã đóng
mail-bulletin-week-subject = Tuần qua: { $new } phản ánh mới, { $settled } đã đóng
mail-bulletin-new = { $n } mới
mail-bulletin-settled = { $n } đã đóng
mail-bulletin-again = { $n } mở lại
mail-bulletin-more = và { $n } phản ánh khác
mail-bulletin-why-day = Bạn nhận bản tổng hợp này mỗi sáng khi có tin về những gì bạn theo dõi.
mail-bulletin-why-week = Bạn nhận bản tổng hợp này vào sáng thứ Hai khi có tin về những gì bạn theo dõi.
