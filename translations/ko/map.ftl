### 지도: 보이는 범위에 있는 것을 옆에 글로 알려요.

map-here = 지도의 이 범위
map-count = { $n ->
    [0] 이 범위에는 신고가 없어요
   *[other] 이 범위의 신고 { $n }건
}
map-shown = 처음 { $n }건을 보여 드려요
map-as-list = 모두 목록으로 보기
map-tools = 지도에 보일 것
map-heat = 밀집도
map-heat-on = 신고가 많이 모인 곳을 보여 드려요. 숫자는 건수예요.
map-heat-off = 신고를 하나하나 보여 드려요.
map-draw = 범위 그리기
map-draw-how = 범위의 모서리를 차례로 누르고 완료를 누르세요. 키보드: 화살표로 지도를 움직이고, Enter로 십자 아래에 모서리를 놓고, Backspace로 하나 되돌리고, Esc로 끝내요.
map-corners = 놓은 모서리:
map-done = 완료
map-undo = 하나 되돌리기
map-cancel = 취소
map-around = 지도 가운데 둘레
map-around-label = 거리
map-metres = { $metres ->
    [1000] 1 km
    [2000] 2 km
    [5000] 5 km
   *[other] { $metres } m
}
filter-drawn = 그린 범위 안만
filter-near = 고른 곳에서 { $metres } m 안만
filter-within = 이 범위를 읽을 수 없어요. 지도에서 다시 그려 주세요. 선이 서로 엇갈리면 안 돼요.
filter-around = 이 위치를 읽을 수 없어요. 지도에서 다시 골라 주세요.
area-now = { $then }(지금은 { $now })
