### Ai tạm không được viết bình luận: cho chính người ấy, cho mọi người dưới dạng con số, và cho bàn làm việc.

lock-reason-personal = nêu thông tin cá nhân của người khác
lock-reason-insult = xúc phạm người khác
lock-reason-threat = đe dọa
lock-reason-advertising = quảng cáo
lock-reason-flood = lặp đi lặp lại một nội dung
lock-term-day = 1 ngày
lock-term-week = 7 ngày
lock-term-month = 30 ngày

## Ở ô bình luận

lock-until = Bạn viết bình luận lại được từ: { $until }
lock-why = { $office } tạm dừng quyền bình luận của bạn vì một bình luận của bạn đã bị ẩn. Lý do: { $reason }.
lock-only-comments = Những việc khác bạn vẫn làm được: gửi phản ánh, trả lời thành phố, đánh giá, theo dõi và bấm “Tôi cũng gặp”.
lock-see-appeal = Xem bình luận, hoặc đề nghị xem lại
lock-see = Xem bình luận và trạng thái
lock-kept = Lời của bạn
lock-kept-hint = Lời này chưa được gửi. Hãy sao chép nếu bạn muốn giữ.
lock-says-no = Lúc này bạn chưa được viết bình luận. Lời bạn viết vẫn còn đây.

## Trang riêng

lock-title = Tạm dừng quyền bình luận
lock-lead = { $office } tạm dừng quyền bình luận của bạn. Không ai khác thấy trang này. Việc tạm dừng tự kết thúc khi hết hạn, và không dừng quyền nào khác.
lock-none-known = Ở đây chưa biết gì
lock-none-known-text = Trang này cho biết bạn có được viết bình luận không. Nếu bạn viết khi đã đăng nhập, vui lòng đăng nhập trước.
lock-none = Bạn được viết bình luận
lock-none-text = Không ai tạm dừng quyền bình luận của bạn.
lock-ended = Đã hết hạn: bạn được viết bình luận
lock-reason = Lý do
lock-term = Bao lâu
lock-end = Đến
lock-office = Cơ quan
lock-moderator-says = Người duyệt nói:
lock-comment = Bình luận là nguyên do:
lock-report = Xem phản ánh
lock-suspended = Chưa ai quyết định kịp hạn về đề nghị của bạn. Vì vậy bạn được viết cho đến khi có quyết định.
lock-ruling = Quyết định
lock-ruled-upheld = Giữ nguyên.
lock-ruled-shortened = Đã rút ngắn.
lock-ruled-lifted = Đã bỏ.
lock-appeal-own = Đề nghị của bạn
lock-appeal-due = Hạn quyết định:
lock-appeal-title = Bạn không đồng ý?
lock-appeal-text = Bạn được đề nghị xem lại một lần, kèm lý do. Một người khác, không phải người đã tạm dừng quyền của bạn, sẽ quyết định và cho bạn biết vì sao.
lock-appeal-words = Lời của bạn
lock-appeal-send = Gửi đề nghị
lock-done-appeal = Cảm ơn bạn. Một người khác sẽ xem, và bạn đọc quyết định ở đây.
lock-over = Đã hết hạn rồi. Bạn được viết bình luận.
lock-appealed-already = Bạn đã đề nghị xem lại, hoặc việc này đã được quyết định. Trạng thái bây giờ như dưới đây.

## Điều ai cũng đếm được

moderated-title = Bình luận bị ẩn, quyền bình luận bị tạm dừng
moderated-link = Bình luận bị ẩn, quyền bình luận bị tạm dừng: các con số
moderated-lead = Bình luận đã hiển thị thì ai cũng đọc được. { $office } ẩn điều gây hại cho người khác, nêu lý do ngay tại chỗ, và có thể tạm dừng quyền bình luận của một người. Đây là con số của một năm qua.
moderated-since = Từ
moderated-shown = Bình luận hiển thị
moderated-hidden = Bình luận bị ẩn
moderated-hidden-text = Chỗ bình luận bị ẩn vẫn còn một dòng nêu lý do. Người duyệt giữ nguyên lời, để người khác kiểm tra được.
moderated-n = Bình luận
moderated-locks = Bị tạm dừng quyền bình luận
moderated-locks-text = Chỉ sau khi một bình luận bị ẩn, chỉ trong một thời hạn, không bao giờ vì một ý kiến, và không bao giờ dừng quyền gửi phản ánh. Người bị tạm dừng được đề nghị xem lại một lần; một người khác quyết định.
moderated-appeals = Đề nghị xem lại
moderated-upheld = Giữ nguyên
moderated-shortened = Rút ngắn
moderated-lifted = Bỏ
moderated-waiting = Chưa quyết định
moderated-rules = Lâu nhất là bao lâu
moderated-rules-text = Đây là thời hạn dài nhất; hết hạn là tự kết thúc. Nếu không có quyết định kịp hạn về một đề nghị xem lại, người đề nghị được viết cho đến khi có quyết định.
moderated-first = Lần đầu
moderated-second = Lần thứ hai
moderated-later = Những lần sau
moderated-own = Tôi có bị tạm dừng quyền bình luận không?

## Bàn làm việc

desk-tab-locks = Tạm dừng quyền bình luận
lock-new = Tạm dừng quyền bình luận
lock-after-hiding = Người viết làm vậy nhiều lần, hoặc nghiêm trọng?
lock-new-title = Tạm dừng quyền bình luận của một người
lock-new-lead = Người này không viết bình luận được trong một thời hạn; những việc khác vẫn làm được. Người này đọc được lý do, lời của bạn và tên cơ quan, không thấy tên bạn; và được đề nghị xem lại một lần: người khác, không phải bạn, sẽ quyết định.
lock-before = { $n ->
    [0] Chưa từng bị tạm dừng, theo những gì còn lưu.
   *[other] Đã bị tạm dừng { $n } lần trước đây.
}
lock-at-most = nhiều nhất { $term }
lock-term-hint = Ngắn nhất có thể. Hết hạn là tự kết thúc.
lock-words = Lời của bạn
lock-words-hint = Chỉ người bị tạm dừng đọc được. Không bao giờ vì giọng điệu hay ý kiến.
lock-send = Tạm dừng
lock-back = Về danh sách bình luận
lock-not-hidden = Chỉ bình luận của người dân đã bị ẩn mới là căn cứ. Hãy ẩn trước.
lock-too-long = Lý do này không cho phép lâu đến thế.
lock-already = Người này đang bị tạm dừng, hoặc đã bị tạm dừng vì chính bình luận này.
lock-desk-title = Tạm dừng quyền bình luận
lock-desk-lead = Ai đang bị tạm dừng quyền bình luận, và đề nghị xem lại của người đó. Người đã tạm dừng không quyết định về đề nghị xem lại.
lock-part-appeals = Đề nghị xem lại chờ quyết định
lock-part-running = Đang tạm dừng
lock-part-over = Đã hết
lock-part-none-appeals = Không có đề nghị xem lại nào chờ.
lock-part-none-running = Không ai bị tạm dừng.
lock-part-none-over = Chưa có.
lock-ended-short = đã hết từ { $until }
lock-until-short = đến { $until }
lock-by = do { $name }
lock-appeal-of = Lý do đề nghị xem lại
lock-late = trễ hạn: người này được viết cho đến khi bạn quyết định
lock-own = Chính bạn đã tạm dừng người này: người khác quyết định.
lock-decide = Quyết định
lock-ruling-upheld = Giữ nguyên
lock-ruling-shortened-to = Rút ngắn còn { $term } kể từ đầu
lock-ruling-lifted = Bỏ
lock-ruling-words = Vì sao; người đề nghị sẽ đọc
lock-not-shorter = Chỉ rút ngắn được xuống ít hơn hiện nay. Vui lòng chọn lại.
lock-done-locked = Đã tạm dừng. Người này đọc lý do ở ô bình luận, và nhận email nếu có địa chỉ.
lock-done-ruled = Đã quyết định. Người đề nghị sẽ đọc được.
