### Mọi người nói gì về một phản ánh, ai cũng gặp, và người duyệt làm gì.

## Tôi cũng gặp

together-title = Người cùng gặp
together-none = Bạn cũng gặp? Hãy cho biết: thành phố sẽ cân nhắc khi chọn việc làm trước.
together-me-too = Tôi cũng gặp
together-undo = Rút lại
together-own = Bạn đã gửi phản ánh này nên đã được tính.
together-closed = Phản ánh này đã đóng nên con số giữ nguyên. Nếu tình trạng tái diễn, vui lòng gửi phản ánh mới:
support-own = Chính bạn đã gửi phản ánh này nên đã được tính.
support-closed = Phản ánh này đã đóng nên không thêm bớt được nữa. Nếu tình trạng tái diễn, vui lòng gửi phản ánh mới.
many-of-one-place = Hôm nay đã có nhiều lượt từ mạng bạn đang dùng. Hãy đăng nhập để lượt của bạn được tính.
new-similar-me-too = Đúng việc này: tôi cũng gặp

## Thảo luận

talk-title = Thảo luận
talk-none = Chưa ai nói gì.
talk-earlier = Bình luận trước đó
talk-newest = Bình luận mới nhất
talk-reply = Trả lời
talk-flag = Báo bình luận này
talk-say = Viết bình luận
talk-say-officially = Trả lời chính thức
talk-as-office = Bạn trả lời thay mặt { $office }. Mọi người thấy tên cơ quan, không thấy tên bạn; người gửi và người theo dõi sẽ nhận email.
talk-reply-to = Trả lời { $name }
talk-reply-see = Xem bình luận này
talk-reply-not = Không trả lời nữa
talk-text = Lời của bạn
talk-text-hint = Ai cũng đọc được. Vui lòng không ghi số điện thoại hay tên của người khác.
talk-name = Tên hiển thị
talk-name-hint = Bút danh cũng được. Để trống thì ghi là “Một người dân”.
talk-waits = Người duyệt đọc trước, rồi bình luận mới hiện lên.
talk-send = Đăng
comment-nameless = Một người dân
comment-hidden = Người duyệt đã ẩn: { $reason }
comment-hide-personal = có thông tin cá nhân
comment-hide-insult = xúc phạm người khác
comment-hide-advertising = quảng cáo
comment-hide-off_topic = lạc đề
comment-hide-other = lý do khác
comment-name-office = Đây là tên của một cơ quan. Vui lòng chọn tên khác.
comment-reply-gone = Bình luận bạn trả lời không còn nữa. Lời bạn viết vẫn ở bên dưới.
talk-done-comment = Bình luận của bạn đã được đăng.
talk-done-waiting = Cảm ơn bạn. Người duyệt đọc bình luận trước, rồi bình luận sẽ hiện ở đây.
talk-done-official = Đã đăng câu trả lời. Người gửi và người theo dõi sẽ nhận email.
talk-done-flagged = Cảm ơn bạn. Người duyệt sẽ xem bình luận này.
talk-done-support = Bạn đã được tính. Hãy theo dõi để biết tin khi có tiến triển.
talk-done-undo = Đã rút lại, bạn không còn được tính.

## Báo một bình luận

flag-title = Báo một bình luận
flag-text = Người duyệt sẽ xem. Người viết không biết ai đã báo.
flag-reason = Bình luận này có gì không ổn?
flag-reason-hint = Ví dụ: nêu tên người khác, xúc phạm, quảng cáo.
flag-send = Báo bình luận
flag-back = Về phần thảo luận

## Danh sách của người duyệt

desk-tab-comments = Bình luận
moderation-title = Bình luận
moderation-list-waiting = Chờ duyệt
moderation-list-flagged = Bị báo
moderation-list-newest = Mới nhất
moderation-empty-waiting = Không có bình luận nào chờ duyệt
moderation-empty-flagged = Không có bình luận nào bị báo
moderation-empty-newest = Chưa có bình luận nào
moderation-empty-text = Lời mọi người nói về phản ánh sẽ hiện ở đây.
moderation-closed-off = (không ai thấy phần thảo luận này: phản ánh không công khai)
moderation-flags = { $n } người đã báo
moderation-no-words = không nêu lý do
moderation-let-through = Cho hiện
moderation-show-again = Hiện lại
moderation-keep = Giữ nguyên
moderation-hide = Ẩn
moderation-why = Vì sao
moderation-words = Nói thêm
moderation-words-hint = Ai cũng đọc được, bên cạnh lý do. Cần có khi chọn “lý do khác”.
moderation-done-show = Bây giờ ai cũng đọc được.
moderation-done-hide = Đã ẩn. Mọi người đọc được lý do.
moderation-done-keep = Đã giữ nguyên.
moderation-done-already = Có người vừa xử lý trước: trạng thái bây giờ như dưới đây.
