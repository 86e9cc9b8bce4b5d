### 地図：見えている範囲にあるものを、横に言葉で示す。

map-here = 地図のこの範囲
map-count = { $n ->
    [0] この範囲に通報はありません
   *[other] この範囲の通報{ $n }件
}
map-shown = 最初の{ $n }件を表示中
map-as-list = すべてを一覧で見る
map-tools = 地図に表示するもの
map-heat = 集中度
map-heat-on = 通報が集まっている場所を表示しています。数字は件数です。
map-heat-off = 個々の通報を表示しています。
map-draw = 範囲を描く
map-draw-how = 範囲の角を順にタップし、「完了」を押してください。キーボード：矢印で地図を動かし、Enterで十字の下に角を置き、Backspaceで1つ戻し、Escで終わります。
map-corners = 置いた角：
map-done = 完了
map-undo = 1つ戻す
map-cancel = やめる
map-around = 地図の中心のまわり
map-around-label = 距離
map-metres = { $metres ->
    [1000] 1 km
    [2000] 2 km
    [5000] 5 km
   *[other] { $metres } m
}
filter-drawn = 描いた範囲の中だけ
filter-near = 選んだ場所から{ $metres } m以内だけ
filter-within = この範囲を読み取れません。地図で描き直してください。線が交わらないようにしてください。
filter-around = この場所を読み取れません。地図で選び直してください。
area-of-kind = { $name }（{ $kind }）
area-now = { $then }（現在は{ $now }）

map-late = 期限超過
map-locate = 現在地
map-locate-failed = 端末の位置がわかりませんでした。名前で場所を探すか、地図を動かしてください。
map-located = この印からおよそ { $metres } m 以内にいます。
map-you = 現在地
map-legend = 凡例
map-legend-many = 近くにある複数の報告と、その件数
map-legend-late = 赤い輪：そのうち期限を過ぎた件数
map-legend-guessed = 区域のおおよその境界（正式な境界はまだありません）
map-legend-border = 区域の境界
map-only-open = 対応中の報告だけを表示しています。
map-everything = 終了した報告も表示する
places-title = 場所を探す
places-label = 区域、目印、住所
places-search = 検索
places-none = その名前の場所は見つかりません。区域、通り、目印の名前で試してください。
places-address = 報告の住所
places-water = 水域
places-green = 緑地
places-river = 川
places-road = 道路
places-rail = 鉄道
places-wall = 城壁
places-border = 境界
places-landmark = 目印
place-exact = ピンの誤差はおよそ { $metres } m です。
place-coarse = 地図を拡大すると、より正確に置けます。
