### Bản đồ: những gì đang thấy, nói bằng lời bên cạnh.

map-here = Trong phần bản đồ này
map-count = { $n ->
    [0] Không có phản ánh nào trong phần bản đồ này
   *[other] { $n } phản ánh trong phần bản đồ này
}
map-shown = đang liệt kê { $n } phản ánh đầu
map-as-list = Xem tất cả dưới dạng danh sách
map-tools = Hiện gì trên bản đồ
map-heat = Vùng nóng
map-heat-on = Bản đồ đang cho thấy nơi có nhiều phản ánh gần nhau. Con số là số phản ánh.
map-heat-off = Bản đồ đang hiện từng phản ánh.
map-draw = Vẽ một vùng
map-draw-how = Chạm vào các góc của vùng, rồi bấm Xong. Bằng bàn phím: phím mũi tên dời bản đồ, Enter đặt một góc dưới dấu thập, Backspace bỏ góc cuối, Esc để thôi.
map-corners = Số góc đã đặt:
map-done = Xong
map-undo = Bỏ góc cuối
map-cancel = Thôi
map-around = Quanh giữa bản đồ
map-around-label = Bán kính
map-metres = { $metres ->
    [1000] 1 km
    [2000] 2 km
    [5000] 5 km
   *[other] { $metres } m
}
filter-drawn = Chỉ trong vùng đã vẽ
filter-near = Chỉ trong vòng { $metres } m quanh nơi đã chọn
filter-within = Không đọc được vùng này. Bạn hãy vẽ lại trên bản đồ; đường viền không được tự cắt nhau.
filter-around = Không đọc được nơi này. Bạn hãy chọn lại trên bản đồ.
area-now = { $then } (nay là { $now })
