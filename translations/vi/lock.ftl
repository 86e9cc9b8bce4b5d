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
lock-see-appeal = Xem bình luận ấy, hoặc nói rằng bạn không đồng ý
lock-see = Xem bình luận ấy và trạng thái
lock-kept = Lời của bạn
lock-kept-hint = Lời này chưa được gửi. Bạn chép lại nếu muốn giữ.
lock-says-no = Lúc này bạn chưa được viết bình luận. Lời bạn viết vẫn còn đây.

## Trang riêng

lock-title = Tạm dừng bình luận
lock-lead = { $office } tạm dừng quyền bình luận của bạn. Không ai khác thấy trang này. Hết hạn là tự hết, và chỉ dừng bình luận thôi.
lock-none-known = Ở đây chưa biết gì
lock-none-known-text = Trang này cho biết bạn có được viết bình luận không. Nếu bạn viết khi đã đăng nhập, xin đăng nhập trước.
lock-none = Bạn được viết bình luận
lock-none-text = Không ai dừng quyền của bạn.
lock-ended = Đã hết hạn: bạn được viết bình luận
lock-reason = Lý do
lock-term = Bao lâu
lock-end = Đến
lock-office = Cơ quan
lock-moderator-says = Người duyệt nói:
lock-comment = Bình luận là nguyên do:
lock-report = Xem phản ánh
lock-suspended = Đã quá hạn mà chưa ai quyết định về lời của bạn. Vì vậy bạn được viết cho đến khi có quyết định.
lock-ruling = Quyết định
lock-ruled-upheld = Giữ nguyên.
lock-ruled-shortened = Đã rút ngắn.
lock-ruled-lifted = Đã bỏ.
lock-appeal-own = Điều bạn đã nói
lock-appeal-due = Sẽ quyết định trước:
lock-appeal-title = Bạn không đồng ý?
lock-appeal-text = Bạn nói lý do, một lần. Một người khác, không phải người đã dừng quyền của bạn, sẽ quyết định và cho bạn biết vì sao.
lock-appeal-words = Lời của bạn
lock-appeal-send = Gửi
lock-done-appeal = Cảm ơn bạn. Một người khác sẽ xem, và bạn đọc quyết định ở đây.
lock-over = Đã hết hạn rồi. Bạn được viết bình luận.
lock-appealed-already = Bạn đã nói một lần rồi, hoặc việc này đã được quyết định. Trạng thái bây giờ như dưới đây.

## Điều ai cũng đếm được

moderated-title = Bình luận bị ẩn, quyền bình luận bị tạm dừng
moderated-link = Ở đây điều gì bị ẩn, ai bị dừng bình luận
moderated-lead = Bình luận đã hiển thị thì ai cũng đọc được. { $office } ẩn điều gây hại cho người khác, nêu lý do ngay chỗ bình luận ấy, và có thể tạm dừng quyền bình luận của một người. Đây là con số của một năm qua.
moderated-since = Từ
moderated-shown = Bình luận hiển thị
moderated-hidden = Bình luận bị ẩn
moderated-hidden-text = Chỗ bình luận bị ẩn vẫn còn một dòng nêu lý do. Người duyệt giữ nguyên lời, để người khác kiểm tra được.
moderated-n = Bình luận
moderated-locks = Bị dừng bình luận
moderated-locks-text = Chỉ sau khi một bình luận bị ẩn, chỉ trong một thời hạn, không bao giờ vì một ý kiến, và không bao giờ dừng quyền gửi phản ánh. Ai bị dừng đều được nói một lần vì sao như thế là sai; một người khác quyết định.
moderated-appeals = Không đồng ý
moderated-upheld = Giữ nguyên
moderated-shortened = Rút ngắn
moderated-lifted = Bỏ
moderated-waiting = Chưa quyết định
moderated-rules = Lâu nhất là bao lâu
moderated-rules-text = Đây là thời hạn dài nhất. Hết hạn là tự hết. Nếu quá hạn mà chưa ai quyết định về lời của một người, người ấy được viết cho đến khi có quyết định.
moderated-first = Lần đầu
moderated-second = Lần thứ hai
moderated-later = Những lần sau
moderated-own = Tôi có bị dừng bình luận không?

## Bàn làm việc

desk-tab-locks = Tạm dừng bình luận
lock-new = Tạm dừng quyền bình luận
lock-after-hiding = Người viết làm vậy nhiều lần, hoặc nghiêm trọng?
lock-new-title = Tạm dừng quyền bình luận của một người
lock-new-lead = Người này không viết bình luận được trong một thời hạn; những việc khác vẫn làm được. Họ đọc lý do, lời của bạn và tên cơ quan, không thấy tên bạn. Họ được đề nghị xem lại một lần; người khác, không phải bạn, sẽ quyết định.
lock-before = { $n ->
    [0] Chưa từng bị dừng, theo những gì còn lưu.
   *[other] Đã bị dừng { $n } lần trước đây.
}
lock-at-most = nhiều nhất { $term }
lock-term-hint = Ngắn nhất có thể. Hết hạn là tự hết.
lock-words = Lời của bạn
lock-words-hint = Chỉ người ấy đọc. Không bao giờ vì giọng điệu hay ý kiến.
lock-send = Tạm dừng
lock-back = Về danh sách bình luận
lock-not-hidden = Chỉ bình luận của người dân đã bị ẩn mới là căn cứ. Hãy ẩn trước.
lock-too-long = Lý do này không cho phép lâu đến thế.
lock-already = Người này đang bị dừng, hoặc đã bị dừng vì chính bình luận này.
lock-desk-title = Tạm dừng bình luận
lock-desk-lead = Ai tạm không được viết bình luận, và họ nói gì. Ai đã dừng thì không quyết định về đề nghị xem lại.
lock-part-appeals = Đề nghị xem lại chờ quyết định
lock-part-running = Đang dừng
lock-part-over = Đã hết
lock-part-none-appeals = Không có đề nghị xem lại nào chờ.
lock-part-none-running = Không ai bị dừng.
lock-part-none-over = Chưa có.
lock-ended-short = đã hết từ { $until }
lock-until-short = đến { $until }
lock-by = do { $name }
lock-appeal-of = Người ấy nói
lock-late = quá hạn: họ được viết cho đến khi bạn quyết định
lock-own = Chính bạn đã dừng người này: người khác quyết định.
lock-decide = Quyết định
lock-ruling-upheld = Giữ nguyên
lock-ruling-shortened-to = Rút ngắn còn { $term } kể từ đầu
lock-ruling-lifted = Bỏ
lock-ruling-words = Vì sao; người ấy sẽ đọc
lock-not-shorter = Chỉ rút ngắn được xuống ít hơn hiện nay. Vui lòng chọn lại.
lock-done-locked = Đã dừng. Người ấy đọc lý do ở ô bình luận, và nhận email nếu có địa chỉ.
lock-done-ruled = Đã quyết định. Người ấy sẽ đọc.
