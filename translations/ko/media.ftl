# Why a photo was not taken, and what you can do about it.
photo-too-large = 사진이 너무 커요. 파일 하나에 { $megabytes } MB까지 올릴 수 있어요.
photo-too-many = 한 번에 파일 { $count }개까지 보낼 수 있어요.
photo-too-many-pixels = 이 사진은 { $width } × { $height }픽셀이에요. 카메라로 찍은 JPEG는 { $jpeg }메가픽셀까지, 다른 이미지는 전체 { $megapixels }메가픽셀, 한 변 { $side }픽셀까지 받을 수 있어요. 크기를 줄여서 다시 보내 주세요.
photo-not-a-photo = 사진 파일이 아니에요. JPEG, PNG, WebP, AVIF 사진을 골라 주세요.
photo-truncated = 사진의 끝부분이 빠졌어요. 연결이 끊겼을 수 있어요. 다시 보내 주세요.
photo-damaged = 사진을 열 수 없어요. 파일이 손상됐을 수 있어요. 다른 사진을 골라 주세요.
photo-no-room = 지금은 사진을 저장할 공간이 없어요. 사진 없이 먼저 보내고, 나중에 추가해 주세요.
photo-unsupported-kind = { $kind } 파일은 받을 수 없어요. JPEG, PNG, WebP 사진을 보내 주세요.

## Photos that are sent ahead of their form; the device puts the numbers in

photo-take = 사진 찍기
photo-held = 보낼 사진
photo-sending = 사진 보내는 중: [all]kB 중 [done]kB
photo-sent = 사진을 모두 보냈어요. 신고는 언제든지 보내면 돼요.
photo-waits = 연결이 끊겼어요. 연결되면 이어서 보내고, 이미 보낸 사진은 다시 보내지 않아요.
photo-failed = 이 사진은 보내지 못했어요.
photo-gone = 보관 기간이 지난 사진이 있어요. 사진을 다시 골라 주세요.
