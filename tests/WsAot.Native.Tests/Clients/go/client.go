// client URL CLOSING_URL COMPRESSION: Go's gorilla/websocket. Echoes, messages in frames of 4,096 bytes, pings within a message, and closes of
// both sides. CLOSING_URL closes when binary data comes; COMPRESSION is true or false.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/gorilla/websocket"
)

type closed struct {
	Code   int    `json:"code"`
	Reason string `json:"reason"`
}

type verdict struct {
	Extensions string   `json:"extensions"`
	Echoed     []int    `json:"echoed"`
	Changed    []string `json:"changed"`
	Pongs      []string `json:"pongs"`
	ByServer   closed   `json:"byServer"`
	ByClient   closed   `json:"byClient"`
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func dial(url string, compress bool) (*websocket.Conn, *http.Response) {
	// The library cuts what is longer than the write buffer into fragments; 4,096 is its default.
	dialer := websocket.Dialer{EnableCompression: compress, WriteBufferSize: 4096, HandshakeTimeout: time.Minute}
	connection, response, err := dialer.Dial(url, nil)
	check(err)
	return connection, response
}

// textOf gives text of exactly so many bytes, with characters of one to four bytes wherever there is room for them.
func textOf(size int) []byte {
	return []byte(strings.Repeat("aé€😀", size/10) + strings.Repeat("x", size%10))
}

// bytesOf gives bytes that hardly compress and of which each place has its own.
func bytesOf(size int) []byte {
	data := make([]byte, size)
	state := uint32(size) | 1
	for i := range data {
		state ^= state << 13
		state ^= state >> 17
		state ^= state << 5
		data[i] = byte(state)
	}
	return data
}

func (v *verdict) expect(connection *websocket.Conn, kind int, sent []byte) {
	backKind, back, err := connection.ReadMessage()
	check(err)
	v.Echoed = append(v.Echoed, len(back))
	if backKind != kind || !bytes.Equal(back, sent) {
		v.Changed = append(v.Changed, fmt.Sprintf("type %d, %d bytes", kind, len(sent)))
	}
}

// inFragments sends a message in so many parts, with a ping after the first.
func inFragments(connection *websocket.Conn, kind int, message []byte, part int) {
	writer, err := connection.NextWriter(kind)
	check(err)
	for start := 0; start < len(message); start += part {
		end := start + part
		if end > len(message) {
			end = len(message)
		}
		_, err = writer.Write(message[start:end])
		check(err)
		if start == 0 {
			check(connection.WriteControl(websocket.PingMessage, []byte("within"), time.Now().Add(time.Minute)))
		}
	}
	check(writer.Close())
}

func closeOf(connection *websocket.Conn) closed {
	_, _, err := connection.ReadMessage()
	var end *websocket.CloseError
	if !errors.As(err, &end) {
		check(fmt.Errorf("a close frame was expected: %w", err))
	}
	return closed{end.Code, end.Text}
}

func main() {
	url, closingURL, compress := os.Args[1], os.Args[2], os.Args[3] == "true"
	v := verdict{Changed: []string{}, Pongs: []string{}}
	connection, response := dial(url, compress)
	v.Extensions = response.Header.Get("Sec-Websocket-Extensions")
	connection.SetPongHandler(func(payload string) error {
		v.Pongs = append(v.Pongs, payload)
		return nil
	})
	for _, size := range []int{0, 125, 126, 65535, 65536, 4_000_000} {
		// Each message with compression and without, as RFC 7692 section 6 lets a peer choose for each.
		for _, compressed := range []bool{true, false} {
			connection.EnableWriteCompression(compressed)
			check(connection.WriteMessage(websocket.TextMessage, textOf(size)))
			v.expect(connection, websocket.TextMessage, textOf(size))
			check(connection.WriteMessage(websocket.BinaryMessage, bytesOf(size)))
			v.expect(connection, websocket.BinaryMessage, bytesOf(size))
		}
	}
	connection.EnableWriteCompression(true)
	inFragments(connection, websocket.TextMessage, textOf(100_000), 7)
	v.expect(connection, websocket.TextMessage, textOf(100_000))
	inFragments(connection, websocket.BinaryMessage, bytesOf(300_000), 1000)
	v.expect(connection, websocket.BinaryMessage, bytesOf(300_000))
	check(connection.WriteControl(
		websocket.CloseMessage, websocket.FormatCloseMessage(4999, "an application's, grün"), time.Now().Add(time.Minute)))
	v.ByClient = closeOf(connection)

	other, _ := dial(closingURL, compress)
	check(other.WriteMessage(websocket.BinaryMessage, []byte("not text")))
	v.ByServer = closeOf(other)
	check(json.NewEncoder(os.Stdout).Encode(v))
}
