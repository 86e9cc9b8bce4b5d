# Why a photo was not taken, and what you can do about it.
photo-too-large = This photo is too large. Each file may have up to { $megabytes } MB.
photo-too-many = You can send up to { $count } files at once.
photo-too-many-pixels = This photo has { $width } × { $height } pixels. We take up to { $jpeg } megapixels of a JPEG as cameras write it, and of any other picture up to { $megapixels } megapixels and { $side } pixels on a side. Please make it smaller and send it again.
photo-not-a-photo = This file is not a photo. Please choose a JPEG, PNG, WebP or AVIF picture.
photo-truncated = The end of this photo is missing, perhaps because the connection broke. Please send it again.
photo-damaged = This photo cannot be opened; the file may be damaged. Please choose another one.
photo-no-room = There is no room for photos right now. Please send without them; you can add them later.
photo-unsupported-kind = We cannot take { $kind } files. Please send a JPEG, PNG or WebP picture.

## Photos that are sent ahead of their form; the device puts the numbers in

photo-take = Take a photo
photo-held = Send with photo
photo-sending = Sending photos: [done] of [all] kB
photo-sent = The photos have arrived. Send the report whenever you are ready.
photo-waits = The connection broke. The photo goes on as soon as it is back; what has arrived is not sent again.
photo-failed = This photo could not be sent.
photo-gone = A photo is no longer kept. Please choose it again.
