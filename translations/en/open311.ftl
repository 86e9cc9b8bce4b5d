## Open311: what goes wrong, and what is answered

open311-no-format = The format is the ending of the address: add .json or .xml.
open311-method = This address does not take this method.
open311-content-type = Send a form: application/x-www-form-urlencoded or multipart/form-data.
open311-too-large = The form is too large. Fields may have up to 256 kB, and files come as parts of multipart/form-data.
open311-multipart = The form cannot be read: it is damaged or breaks off.
open311-control = There is a NUL byte in “{ $value }”.
open311-key = A valid api_key is needed. The city's operator gives one out.
open311-key-scope = This key may not do that.
open311-key-service = To get a key, ask the city by the contacts named here.
open311-jurisdiction = This is the service of another jurisdiction.
open311-no-service = There is no service "{ $value }".
open311-needs-service = Name the service by its code.
open311-needs-place = A place is needed: lat and long, or address_string, or address_id.
open311-address-unknown = We cannot tell where this is. Send lat and long, or name an area of the city in the address.
open311-number = "{ $value }" is not a whole number in the range this takes.
open311-boolean = "{ $value }" is neither true nor false.
open311-date = "{ $value }" is not a date. Write it like 2026-03-01T09:00:00Z.
open311-date-range = "{ $value }" lies too far away: dates from 1970 to a year from now are taken.
open311-period = The end is before the start.
open311-span = At most 90 days can be asked for at once.
open311-point = "{ $value }" is not a point: lat and long are decimal degrees.
open311-half-point = lat and long are needed together.
open311-radius = A circle needs lat, long and a radius in metres, from above 0 to 200000.
open311-bbox = "{ $value }" is not a box: left,bottom,right,top in decimal degrees.
open311-status-unknown = "{ $value }" is not a status.
open311-media-url = "{ $value }" is not a link to a photo. Up to five links that begin with https:// are taken.
open311-email = This is not a mail address.
open311-phone = This is not a telephone number.
open311-needs-request = Name the report by its service_request_id.
open311-needs-status = The status is missing.
open311-needs-description = An update needs a description.
open311-notice = Received under the number { $code }.

## The reference for programmers

api-title = For programmers
api-lead = Programs can read every public report and file new ones by Open311 GeoReport v2, an open standard of cities. The full description for tools is an OpenAPI document.
api-document = OpenAPI document
api-try = The list of services, as JSON
open311-key-used = This key was used for something else. Nothing was saved: send it again under a new key.
