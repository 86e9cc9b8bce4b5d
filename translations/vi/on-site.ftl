### Danh sách cho người đi hiện trường, trên điện thoại có thể mất mạng.

on-site-tab = Hiện trường
on-site-title = Hôm nay đi đâu
on-site-hint = Những việc giao đích danh bạn. Trễ hạn đứng trước, rồi đến việc sắp đến hạn.
on-site-hint-nobodys = Chưa có việc nào giao đích danh bạn. Đây là việc của đơn vị bạn chưa ai nhận: trễ hạn đứng trước.
on-site-first = Đến đây trước
on-site-by-due = Theo hạn
on-site-by-near = Gần nhất trước
on-site-no-place = Máy không cho biết bạn đang ở đâu. Danh sách vẫn theo hạn.
on-site-more = Nội dung phản ánh
on-site-empty = Chưa có nơi nào chờ bạn
on-site-empty-text = Việc giao đích danh bạn sẽ hiện ở đây và ở lại trên máy khi mất mạng.
on-site-rest = Danh sách của bạn còn nữa
on-site-nothing = Lúc này chưa có gì để báo.

on-site-tell = Báo kết quả tại chỗ
on-site-what = Kết quả thế nào
on-site-progress = Chưa xong: tình hình hiện nay
on-site-hand-in = Nộp: { $product }
on-site-day = Đến ngày nào
on-site-day-hint = Khi việc được lên kế hoạch hoặc chưa xong.
on-site-day-owed = Việc đã trễ hạn: hãy nêu ngày sẽ xong.
on-site-photos = Ảnh tại chỗ
on-site-words = Lời của bạn
on-site-send = Gửi

on-site-kept = Không có mạng.
on-site-kept-of = Đây là danh sách lúc
on-site-kept-hint = Những gì bạn gửi sẽ chờ ở đây, có mạng là tự gửi đi.
on-site-waiting = Kết quả đang chờ gửi:
on-site-waits = Kết quả của bạn đang chờ trên máy này, có mạng là tự gửi đi.
on-site-answers = Kết quả bạn đã báo
on-site-refused = Chưa được nhận
on-site-redo = Làm lại
on-site-copy = Sao chép nội dung
on-site-open = Mở phản ánh
on-site-gone = Việc này không còn trong danh sách của bạn. Hãy sao chép phần cần dùng hoặc mở phản ánh.
on-site-sure = Xóa kết quả này? Kết quả chưa được nhận và không ai khác có.
on-site-others = Có nội dung của người khác đang chờ trên máy này. Nội dung được khóa kín và sẽ gửi khi người đó đăng nhập lại tại đây.

directions-app = Chỉ đường
directions-web = Bản đồ web
