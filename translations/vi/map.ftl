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
filter-within = Không đọc được vùng này. Vui lòng vẽ lại trên bản đồ; đường viền không được tự cắt nhau.
filter-around = Không đọc được nơi này. Vui lòng chọn lại trên bản đồ.
area-of-kind = { $name } ({ $kind })
area-now = { $then } (nay là { $now })

map-late = trễ hạn
map-locate = Vị trí của tôi
map-locate-failed = Máy không cho biết bạn đang ở đâu. Vui lòng tìm theo tên, hoặc dời bản đồ.
map-located = Bạn ở trong vòng khoảng { $metres } m quanh dấu này.
map-you = Bạn đang ở đây
map-legend = Chú giải
map-legend-many = Nhiều phản ánh gần nhau; con số là số phản ánh
map-legend-late = Vòng đỏ: số phản ánh trễ hạn trong đó
map-legend-guessed = Ranh giới ước chừng: ở đây chưa có ranh giới chính thức
map-legend-border = Ranh giới các phường, xã
map-only-open = Chỉ hiện phản ánh chưa xong.
map-everything = Hiện cả phản ánh đã kết thúc
places-title = Tìm một nơi
places-label = Phường, địa danh hoặc địa chỉ
places-search = Tìm
places-none = Không có nơi nào tên như vậy. Vui lòng thử tên phường, tên đường hoặc địa danh.
places-address = địa chỉ của một phản ánh
places-water = mặt nước
places-green = vùng cây xanh
places-river = sông
places-road = đường
places-rail = đường sắt
places-wall = tường thành
places-border = ranh giới
places-landmark = địa danh
place-exact = Ghim chính xác trong khoảng { $metres } m.
place-coarse = Vui lòng phóng to bản đồ để đặt chính xác hơn.
