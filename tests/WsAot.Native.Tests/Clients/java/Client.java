// Client.java URL CLOSING_URL: Java's java.net.http. Echoes, messages in fragments, pings within a message, and closes of both sides.
// CLOSING_URL closes when binary data comes.

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;

public final class Client {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private record Message(boolean isBinary, byte[] payload) {
    }

    private record Close(int code, String reason) {
    }

    /** Puts the parts of messages together, and keeps messages, pongs and the close until they are asked for. */
    private static final class Inbox implements WebSocket.Listener {
        final BlockingQueue<Object> events = new LinkedBlockingQueue<>();
        final List<String> pongs = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                events.add(new Message(false, text.toString().getBytes(StandardCharsets.UTF_8)));
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            byte[] part = new byte[data.remaining()];
            data.get(part);
            bytes.writeBytes(part);
            if (last) {
                events.add(new Message(true, bytes.toByteArray()));
                bytes.reset();
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onPong(WebSocket socket, ByteBuffer payload) {
            synchronized (pongs) {
                pongs.add(StandardCharsets.UTF_8.decode(payload).toString());
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            events.add(new Close(code, reason));
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            events.add(error);
        }

        <T> T next(Class<T> type) throws InterruptedException {
            Object event = events.take();
            if (!type.isInstance(event)) {
                throw new IllegalStateException("Not a " + type.getSimpleName() + " but " + event);
            }
            return type.cast(event);
        }
    }

    private static WebSocket open(String url, Inbox inbox) {
        return HTTP.newWebSocketBuilder().buildAsync(URI.create(url), inbox).join();
    }

    /** Text of exactly so many bytes, with characters of one to four bytes wherever there is room for them. */
    private static String textOf(int size) {
        return "aé€😀".repeat(size / 10) + "x".repeat(size % 10);
    }

    private static byte[] bytesOf(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) ((i * 7 + (i >> 8)) % 251);
        }
        return bytes;
    }

    private static void sendInFragments(WebSocket socket, String text, byte[] bytes) {
        // 15 characters of Java are three times the pattern, so that no pair of surrogates is cut.
        for (int start = 0; start < text.length(); start += 15) {
            int end = Math.min(start + 15, text.length());
            socket.sendText(text.substring(start, end), end == text.length()).join();
            if (start == 0) {
                socket.sendPing(ByteBuffer.wrap("within text".getBytes(StandardCharsets.UTF_8))).join();
            }
        }
        for (int start = 0; start < bytes.length; start += 1000) {
            int end = Math.min(start + 1000, bytes.length);
            socket.sendBinary(ByteBuffer.wrap(bytes, start, end - start), end == bytes.length).join();
            if (start == 0) {
                socket.sendPing(ByteBuffer.wrap("within binary".getBytes(StandardCharsets.UTF_8))).join();
            }
        }
    }

    private static String quote(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String json(Close close) {
        return "{\"code\":" + close.code() + ",\"reason\":" + quote(close.reason()) + "}";
    }

    public static void main(String[] args) throws Exception {
        Inbox inbox = new Inbox();
        WebSocket socket = open(args[0], inbox);
        List<Integer> echoed = new ArrayList<>();
        List<String> changed = new ArrayList<>();
        for (int size : new int[] {0, 125, 126, 65_535, 65_536, 4_000_000}) {
            byte[] text = textOf(size).getBytes(StandardCharsets.UTF_8);
            socket.sendText(textOf(size), true).join();
            Message backText = inbox.next(Message.class);
            socket.sendBinary(ByteBuffer.wrap(bytesOf(size)), true).join();
            Message backBytes = inbox.next(Message.class);
            echoed.add(backText.payload().length);
            echoed.add(backBytes.payload().length);
            if (backText.isBinary() || !Arrays.equals(text, backText.payload())) {
                changed.add(quote("text of " + size));
            }
            if (!backBytes.isBinary() || !Arrays.equals(bytesOf(size), backBytes.payload())) {
                changed.add(quote("binary of " + size));
            }
        }

        String text = textOf(30_000);
        byte[] bytes = bytesOf(300_000);
        sendInFragments(socket, text, bytes);
        if (!Arrays.equals(text.getBytes(StandardCharsets.UTF_8), inbox.next(Message.class).payload())) {
            changed.add(quote("text in fragments"));
        }
        if (!Arrays.equals(bytes, inbox.next(Message.class).payload())) {
            changed.add(quote("binary in fragments"));
        }
        socket.sendClose(4999, "an application's, grün").join();
        Close byClient = inbox.next(Close.class);

        Inbox other = new Inbox();
        WebSocket closing = open(args[1], other);
        closing.sendBinary(ByteBuffer.wrap(bytesOf(1)), true).join();
        Close byServer = other.next(Close.class);

        System.out.println("{\"echoed\":" + echoed + ",\"changed\":" + changed
            + ",\"pongs\":" + inbox.pongs.stream().map(Client::quote).toList()
            + ",\"byClient\":" + json(byClient) + ",\"byServer\":" + json(byServer) + "}");
        System.exit(0);
    }
}
