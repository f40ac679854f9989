package media

import (
	"bytes"
	"encoding/binary"
)

// orientation reads the one thing of a picture's metadata that changes how it
// is to be looked at: a number from 1 (upright) to 8. Anything odd is upright.
func orientation(data []byte) int {
	switch {
	case matches(data, "\xff\xd8"):
		return orientationOf(jpegExif(data))
	case matches(data, "\x89PNG"):
		return orientationOf(chunk(data[8:], binary.BigEndian, 4, 0, "eXIf"))
	case matches(data, "RIFF????WEBP"):
		return orientationOf(chunk(data[12:], binary.LittleEndian, 0, 4, "EXIF"))
	}
	return 1
}

// jpegExif gives the EXIF of a JPEG, nil when it has none.
func jpegExif(data []byte) []byte {
	const startOfScan, app1, head = 0xda, 0xe1, "Exif\x00\x00"
	for at := 2; at+4 <= len(data) && data[at] == 0xff; {
		marker, length := data[at+1], int(binary.BigEndian.Uint16(data[at+2:]))
		if marker == startOfScan || length < 2 || at+2+length > len(data) {
			return nil
		}
		segment := data[at+4 : at+2+length]
		if marker == app1 && bytes.HasPrefix(segment, []byte(head)) {
			return segment[len(head):]
		}
		at += 2 + length
	}
	return nil
}

// chunk finds a named part of a PNG (its length, then its name, then a
// checksum) or of a WebP (its name, then its length, padded to be even).
func chunk(data []byte, order binary.ByteOrder, nameAt, lengthAt int, name string) []byte {
	for len(data) >= 8 {
		length := int64(order.Uint32(data[lengthAt:]))
		rest := data[8:]
		if length > int64(len(rest)) {
			return nil
		}
		if string(data[nameAt:nameAt+4]) == name {
			return bytes.TrimPrefix(rest[:length], []byte("Exif\x00\x00"))
		}
		after := length + 4
		if lengthAt != 0 {
			after = length + length%2
		}
		data = rest[min(after, int64(len(rest))):]
	}
	return nil
}

// orientationOf looks a TIFF's first directory through for the orientation.
func orientationOf(tiff []byte) int {
	var order binary.ByteOrder
	switch {
	case matches(tiff, "II*\x00????"):
		order = binary.LittleEndian
	case matches(tiff, "MM\x00*????"):
		order = binary.BigEndian
	default:
		return 1
	}
	const entry, orientationTag, short = 12, 0x0112, 3
	directory := int64(order.Uint32(tiff[4:]))
	if directory+2 > int64(len(tiff)) {
		return 1
	}
	entries := tiff[directory+2:]
	for range order.Uint16(tiff[directory:]) {
		if len(entries) < entry {
			return 1
		}
		if order.Uint16(entries) == orientationTag && order.Uint16(entries[2:]) == short {
			if o := int(order.Uint16(entries[8:])); o >= 1 && o <= 8 {
				return o
			}
			return 1
		}
		entries = entries[entry:]
	}
	return 1
}
