using System.Diagnostics;
using WsAot.Bench.Load.Native;
using WsAot.Bench.Load.Pacing;
using WsAot.Bench.Load.Wire;

namespace WsAot.Bench.Load;

/// <summary>All connections on one thread: receives, compares every byte, and lets the pace decide what to send.</summary>
internal sealed class LoadLoop
{
    private const int ReceiveBytes = 256 * 1024;
    private const int WaitMs = 100;
    private const int OpenedBetweenPings = 64;
    // Without an answer for this long, the server is stuck, or has lost a message.
    private const long PatienceNs = 20_000_000_000;

    private readonly Epoll _epoll = new();
    private readonly byte[] _buffer = GC.AllocateArray<byte>(ReceiveBytes, pinned: true);
    private readonly Conversation _conversation;
    private readonly EndlessBytes _answers;
    private readonly EndlessBytes _requests;
    private readonly List<LoadConnection> _connections = [];
    private long _lastAnswer;

    /// <param name="depth">How many messages of a connection to send at once, if possible.</param>
    public LoadLoop(Conversation conversation, int depth)
    {
        _conversation = conversation;
        _answers = new EndlessBytes(conversation.Answer, ReceiveBytes);
        _requests = new EndlessBytes(conversation.Request, depth * conversation.Request.Length);
    }

    public IReadOnlyList<LoadConnection> Connections => _connections;

    /// <summary>Opens connections, one after the other.</summary>
    /// <param name="echoesOnce">
    /// Whether each sends a message and waits for the echo, so that the server has allocated everything that a used connection needs.
    /// </param>
    public void Open(int count, bool echoesOnce)
    {
        byte[] answer = new byte[_conversation.Answer.Length];
        for (int i = 0; i < count; i++)
        {
            LoadConnection connection = new(_conversation.Open(), _connections.Count);
            _connections.Add(connection);
            if (echoesOnce)
            {
                connection.Socket.Send(_conversation.Request);
                connection.Socket.ReceiveExactly(answer);
                if (!answer.AsSpan().SequenceEqual(_conversation.Answer)) throw WrongAnswer();
            }

            _epoll.Add(connection.Socket.Descriptor, connection.Number, LibC.EPOLLIN);
            // Opening may take so long that a server pings the first connections.
            if (i % OpenedBetweenPings == OpenedBetweenPings - 1) Serve(0, pace: null);
        }
    }

    /// <summary>Runs until the pace ends the run.</summary>
    public void Run(IPace pace)
    {
        pace.Begin(Stopwatch.GetTimestamp());
        _lastAnswer = Stopwatch.GetTimestamp();
        while (!pace.Advance(Stopwatch.GetTimestamp()))
        {
            Serve(pace.IsTimed ? 0 : WaitMs, pace);
            if (pace.IsWaiting && Stopwatch.GetTimestamp() - _lastAnswer > PatienceNs)
            {
                throw new LoadException("The server stopped answering.");
            }
        }
    }

    /// <summary>Sends messages, or as much of them as the kernel takes. The rest is sent later.</summary>
    public void Send(LoadConnection connection, int messages)
    {
        connection.Unsent += (long)messages * _requests.Period;
        if (!connection.IsBlocked) Flush(connection);
    }

    /// <param name="pace">Gets the answers; null: no answer is due.</param>
    private void Serve(int waitMs, IPace? pace)
    {
        int count = _epoll.Wait(waitMs);
        for (int i = 0; i < count; i++)
        {
            (uint events, int number) = _epoll[i];
            LoadConnection connection = _connections[number];
            if ((events & LibC.EPOLLOUT) != 0) Flush(connection);
            if ((events & ~LibC.EPOLLOUT) != 0) Receive(connection, pace);
        }
    }

    private void Flush(LoadConnection connection)
    {
        while (connection.Unsent > 0)
        {
            int period = _requests.Period;
            ReadOnlySpan<byte> bytes = _requests.From((int)((period - (connection.Unsent % period)) % period));
            if (bytes.Length > connection.Unsent) bytes = bytes[..(int)connection.Unsent];
            int sent = connection.Socket.SendNow(bytes);
            if (sent == 0) break;
            connection.Unsent -= sent;
        }

        bool isBlocked = connection.Unsent > 0 || !connection.Socket.FlushNow();
        if (isBlocked == connection.IsBlocked) return;
        connection.IsBlocked = isBlocked;
        _epoll.Modify(connection.Socket.Descriptor, connection.Number, isBlocked ? LibC.EPOLLIN | LibC.EPOLLOUT : LibC.EPOLLIN);
    }

    private void Receive(LoadConnection connection, IPace? pace)
    {
        int length = connection.Socket.ReceiveNow(_buffer);
        if (length == 0) return;
        long now = Stopwatch.GetTimestamp();
        int answers = Match(connection, _buffer.AsSpan(0, length));
        if (answers == 0) return;
        if (pace is null || answers > connection.Expected) throw new LoadException("The server answers more than it was sent.");
        _lastAnswer = now;
        pace.OnAnswers(connection, answers, now);
    }

    /// <returns>How many answers are now complete.</returns>
    private int Match(LoadConnection connection, ReadOnlySpan<byte> received)
    {
        if (connection.Ping is { IsInside: true } || !received.SequenceEqual(_answers.Stretch(connection.Received, received.Length)))
        {
            return MatchWithPings(connection, received);
        }

        (int answers, connection.Received) = Math.DivRem(connection.Received + received.Length, _answers.Period);
        return answers;
    }

    // Bytes that are not an answer must be a ping between two answers. Busy connections never get here.
    private int MatchWithPings(LoadConnection connection, ReadOnlySpan<byte> received)
    {
        int answers = 0;
        PingReader ping = connection.Ping ??= new PingReader();
        foreach (byte value in received)
        {
            if (ping.IsInside || (connection.Received == 0 && value == PingReader.FirstByte))
            {
                if (ping.Take(value) is { } pong) connection.Socket.Send(pong);
                continue;
            }

            if (value != _answers.Stretch(connection.Received, 1)[0]) throw WrongAnswer();
            if (++connection.Received < _answers.Period) continue;
            connection.Received = 0;
            answers++;
        }

        return answers;
    }

    private static LoadException WrongAnswer() => new("The server's answer is not what it answered at first.");
}
