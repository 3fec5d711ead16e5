using System.Text;
using WsAot.Fuzz.Frames;
using WsAot.Fuzz.Support;

namespace WsAot.Fuzz.Sessions;

/// <summary>One run of a world: performs operations from a tape, ends all peers, and checks the results.</summary>
internal sealed class Play
{
    public const int OperationCount = 17;

    /// <summary>
    /// How many bytes an operation takes after its first: always the same, so that dropping one operation does not change the others.
    /// </summary>
    public const int ArgumentCount = 4;

    private const int MaxClients = 12;
    private static readonly string[] s_routes = ["echo", "echo", "async", "chat", "chat", "throw", "async", "nowhere"];
    private static readonly int[] s_windows = [0, 1, 50, 500, int.MaxValue, int.MaxValue];
    private static readonly int[] s_steps = [1, 10, 64, 200, 400, 1000, 2500];

    private static readonly string s_phrase = string.Concat(
        Enumerable.Range(0, World.MaxMessageBytes / 8).Select(static i => $"what {i:D3}"));

    private readonly Tape _tape;
    private readonly World _world;
    private readonly Client _bystander;
    private int _bystanderMessages;

    public Play(Tape tape, SessionFault fault)
    {
        _tape = tape;
        _world = new World(tape, fault);
        _bystander = _world.Connect("echo");
        _bystander.Flush();
        _world.Settle();
    }

    public string? Run()
    {
        while (!_tape.IsAtEnd && _world.Problem is null) Operate();
        LetAllFinish();
        LetAllGo();
        CheckEnd();
        return _world.Problem;
    }

    private void Operate()
    {
        int operation = _tape.Next(OperationCount);
        int who = _tape.Next();
        int a = _tape.Next();
        int b = _tape.Next();
        int c = _tape.Next();
        if (operation == 0) Connect(a, b);
        else if (operation is >= 10 and < 15) OperateServer(operation, a, b);
        else if (_world.Clients.Count > 0) OperateClient(_world.Clients[who % _world.Clients.Count], operation, a, b, c);
        else return;

        if ((c & 3) == 1) _world.Transport.RunBatch();
        else if ((c & 3) > 1) _world.Settle();
        if ((c & 12) == 12) CheckBystander();
    }

    private void Connect(int a, int b)
    {
        if (_world.Clients.Count >= MaxClients) return;
        string more = (b & 7) switch
        {
            0 => "Origin: http://evil\r\n",
            1 => "X: " + new string('y', a * 2) + "\r\n",
            2 => "Bad Header\r\n",
            _ => "",
        };
        if ((b & 64) != 0) more += Offer(a, b);
        Client client = _world.Connect(s_routes[a % s_routes.Length], (b & (32 | 64)) == 0 ? "" : more);
        client.AnswersPings = (b & 8) == 0 || a > 128;
        _world.Clients.Add(client);
        client.Flush((b & 16) == 0 ? int.MaxValue : a);
    }

    private static string Offer(int a, int b)
    {
        string offer = "Sec-WebSocket-Extensions: permessage-deflate";
        if ((a & 16) != 0) offer += "; server_no_context_takeover";
        if ((a & 32) != 0) offer += "; client_no_context_takeover";
        if ((a & 64) != 0) offer += $"; server_max_window_bits={8 + (b & 7)}";
        if ((a & 128) != 0) offer += (b & 128) != 0 ? "; client_max_window_bits" : $"; client_max_window_bits={8 + ((b + a) & 7)}";
        return offer + "\r\n";
    }

    private void OperateServer(int operation, int a, int b)
    {
        switch (operation)
        {
            case 10:
                for (int i = a % 8; i >= 0; i--) _world.SendNews((b & 1) == 0, b * 2);
                break;
            case 11:
                _world.LetGo(a);
                break;
            case 12 when _world.Handlers.Count > 1:
                Command(_world.Handlers[1 + (a % (_world.Handlers.Count - 1))].Connection, b);
                break;
            case 12:
                break;
            default:
                Pass(s_steps[a % s_steps.Length]);
                break;
        }
    }

    // Does what other threads than the loop may do with a connection.
    private void Command(WsConnection connection, int kind)
    {
        switch (kind % 5)
        {
            case 0:
                connection.Close((ushort)(3000 + kind), new string('r', kind));
                break;
            case 1:
                connection.Abort();
                break;
            case 2:
                connection.Ping("?"u8);
                break;
            case 3 when connection.Path == "/chat":
                connection.Unsubscribe(World.Room);
                break;
            case 4 when connection.Path == "/chat":
                connection.Subscribe(World.Room);
                break;
            default:
                connection.Unsubscribe("a topic that nobody knows");
                break;
        }

        if (_world.Fault == SessionFault.BystanderIsClosed && kind % 16 == 0) _world.Handlers[0].Connection.Abort();
    }

    private static void OperateClient(Client client, int operation, int a, int b, int c)
    {
        FuzzRandom random = FuzzRandom.Of([(byte)a, (byte)b, (byte)c]);
        switch (operation)
        {
            case 1 or 2 or 16:
                QueueMessage(client, random, a, b);
                break;
            case 3:
                for (int i = (a & 0x70) == 0 ? 50 : 1; i > 0; i--) client.Queue(0x89, [(byte)i, (byte)b]);
                break;
            case 4:
                client.Queue(0x8A, [(byte)a]);
                break;
            case 5 when a % 4 == 0:
                client.Queue(0x88, b % 3 == 0 ? [] : [(byte)(3 + (b % 8)), (byte)c, (byte)'r']);
                break;
            case 5:
                client.Read(b);
                break;
            case 6 when a % 4 == 0:
                QueueHostile(client, random, b);
                break;
            case 7 when a % 4 == 0:
                client.Reset();
                return;
            case 8 when a % 4 == 0:
                client.Flush();
                client.Shutdown();
                return;
            case 9:
                client.Peer.WindowBytes = s_windows[a % s_windows.Length];
                break;
            case 15:
                client.Flush(a);
                return;
            default:
                client.Read((a & 1) == 0 ? int.MaxValue : b * 4);
                break;
        }

        if ((c & 16) == 0) client.Flush((c & 32) == 0 ? int.MaxValue : a);
    }

    private static void QueueMessage(Client client, FuzzRandom random, int a, int b)
    {
        int length = (b & 7) switch
        {
            0 => 0,
            1 => 3,
            2 => 5,
            3 => random.Next(60, 200),
            4 => random.Next(900, World.MaxMessageBytes),
            5 => random.Next(50),
            _ => random.Next(10),
        };
        bool isText = (a & 1) != 0;
        // Often repeat earlier text, so that there is something to compress.
        string text = (b & 64) != 0 ? s_phrase[..length] : new string((char)('a' + (b % 26)), length);
        byte[] payload = isText ? Encoding.ASCII.GetBytes(text) : random.NextBytes(length);
        int fragments = (a & 6) == 6 ? random.Next(2, World.MaxFragments + 1) : 1;
        int rsv1 = 0;
        if (client.Compress(payload, random) is { } compressed) (payload, length, rsv1) = (compressed, compressed.Length, 0x40);
        int start = 0;
        for (int i = 0; i < fragments; i++)
        {
            int end = i == fragments - 1 ? length : random.Next(start, length + 1);
            client.Queue((i == fragments - 1 ? 0x80 : 0) | (i > 0 ? 0 : rsv1 | (isText ? 1 : 2)), payload.AsSpan(start, end - start));
            if (i < fragments - 1 && random.OneIn(4)) client.Queue(0x89, [(byte)i]);
            start = end;
        }
    }

    private static void QueueHostile(Client client, FuzzRandom random, int kind)
    {
        byte[] stream = kind % 4 == 0 ? random.NextBytes(random.Next(1, 40)) : FrameGenerator.Generate(random);
        client.QueueRaw(stream.AsSpan(Math.Min(2, stream.Length)));
    }

    /// <summary>Lets time pass in steps short enough for the bystander to answer pings.</summary>
    private void Pass(int ms)
    {
        for (int left = ms; left > 0 && _world.Problem is null; left -= 200)
        {
            _world.Time.Advance(Math.Min(left, 200));
            _world.Settle();
            CheckBystander();
        }
    }

    /// <summary>A correct client must get an answer at once, whatever the others do.</summary>
    private void CheckBystander()
    {
        byte[] message = [(byte)++_bystanderMessages, .. "bystander"u8];
        int pongs = _bystander.Pongs.Count;
        _bystander.Queue(0x89, message);
        _bystander.Queue(0x82, message);
        _bystander.Flush();
        _world.Settle();
        _bystander.Read();
        _bystander.Flush();
        _world.Settle();
        if (_bystander.Problem is { } problem)
        {
            _world.Report($"Bystander: {problem}");
        }
        else if (_bystander.Received.Count != _bystanderMessages || !_bystander.Received[^1].Payload.AsSpan().SequenceEqual(message))
        {
            _world.Report(
                $"The bystander got {_bystander.Received.Count} of {_bystanderMessages} echoes; status {_bystander.Status}, "
                + $"close code {_bystander.CloseCode}.");
        }
        else if (_bystander.Pongs.Count != pongs + 1)
        {
            _world.Report("The bystander got no pong.");
        }
    }

    /// <summary>Lets all peers read and all handlers end. Then all messages of connected peers must have been answered.</summary>
    private void LetAllFinish()
    {
        for (int i = 0; i < 1000 && _world.Problem is null; i++)
        {
            foreach (Client client in _world.Clients)
            {
                client.Peer.WindowBytes = int.MaxValue;
                client.Read();
            }

            bool wasBusy = _world.Transport.RunBatch();
            if (!wasBusy && _world.GateCount == 0 && i > 2) break;
            while (_world.GateCount > 0) _world.LetGo(0);
        }

        CheckBystander();
        var chatted = new HashSet<string> { EventText.Of(1, Encoding.ASCII.GetBytes(World.LeftText)) };
        List<(Client Client, NaiveReceiver Understood)> understood = _world.Clients.ConvertAll(static client => (
            client,
            client.Understand()));
        foreach ((Client client, NaiveReceiver reference) in understood)
        {
            if (client.Route == "chat") chatted.UnionWith(reference.Events.Select(static sent => EventText.Of(sent.Opcode, sent.Payload)));
        }

        // If two inflaters may disagree about a message, its content is unknown.
        bool isChatKnown = !understood.Exists(static each => each.Client.Route == "chat" && !each.Understood.IsDefined);
        foreach ((Client client, NaiveReceiver reference) in understood)
        {
            if (!reference.IsDefined || (client.Route == "chat" && !isChatKnown)) continue;
            if ((client.Problem ?? CheckAnswers(client, reference, chatted)) is { } problem) _world.Report($"{client.Route}: {problem}");
        }
    }

    private static string? CheckAnswers(Client client, NaiveReceiver reference, HashSet<string> chatted)
    {
        List<(int Opcode, byte[] Payload)> sent = reference.Events.FindAll(static sent => sent.Opcode <= 2);
        if (client.Route == "chat")
        {
            foreach ((int opcode, byte[] payload) in client.Received)
            {
                if (!chatted.Contains(EventText.Of(opcode, payload))) return "It heard what nobody said.";
            }
        }
        else if (client.Route == "echo")
        {
            // The echoes must be in order and intact, and complete if nothing ended the connection.
            if (client.Received.Count > sent.Count) return "It got more echoes than it sent messages.";
            for (int i = 0; i < client.Received.Count; i++)
            {
                if (!IsSame(client.Received[i], sent[i])) return $"Echo {i} is not message {i}.";
            }

            if (client.IsUndisturbed(reference) && client.Received.Count < sent.Count)
            {
                return $"It got {client.Received.Count} of {sent.Count} echoes.";
            }
        }
        else if (!IsSubsequence(client.Received, sent))
        {
            return "The echoes are not in order, or not what was sent.";
        }

        List<(int Opcode, byte[] Payload)> pings = reference.Events.FindAll(static sent => sent.Opcode == 9);
        List<(int Opcode, byte[] Payload)> pongs = client.Pongs.ConvertAll(static payload => (9, payload));
        if (!IsSubsequence(pongs, pings)) return "The pongs are not those of its pings in order.";
        // Section 5.5.3: at least the latest ping must be answered.
        if (client.IsUndisturbed(reference) && pings.Count > 0 && (pongs.Count == 0 || !IsSame(pongs[^1], pings[^1])))
        {
            return "The last ping was not answered.";
        }

        return null;
    }

    private static bool IsSubsequence(IReadOnlyList<(int Opcode, byte[] Payload)> part, List<(int Opcode, byte[] Payload)> whole)
    {
        int at = 0;
        foreach ((int Opcode, byte[] Payload) item in part)
        {
            while (at < whole.Count && !IsSame(item, whole[at])) at++;
            if (at++ >= whole.Count) return false;
        }

        return true;
    }

    private static bool IsSame((int Opcode, byte[] Payload) left, (int Opcode, byte[] Payload) right) =>
        left.Opcode == right.Opcode && left.Payload.AsSpan().SequenceEqual(right.Payload);

    /// <summary>Ends every connection in one of the ways that peers use, and lets time pass.</summary>
    private void LetAllGo()
    {
        for (int i = 0; i < _world.Clients.Count; i++)
        {
            Client client = _world.Clients[i];
            if (client.IsGone) continue;
            if (i % 3 == 0) client.Reset();
            else if (i % 3 == 1) client.Shutdown();
        }

        // The other peers stay silent, which pings detect. If the server sends no pings, they leave, too.
        for (int i = 0; i < 20 && _world.Problem is null; i++)
        {
            Pass(200);
            while (_world.GateCount > 0) _world.LetGo(0);
            _world.Settle();
            if (i < 10) continue;
            foreach (Client client in _world.Clients)
            {
                if (!client.IsGone) client.Shutdown();
            }
        }

        if (_world.Problem is not null) return;
        _bystander.Queue(0x88, [0x03, 0xE8]);
        _bystander.Flush();
        _world.Settle();
        _bystander.Read();
        if (_bystander.CloseCode != 1000) _world.Report($"The bystander's close frame was answered with {_bystander.CloseCode}.");
        if (!_bystander.Peer.IsServerShut) _world.Report("The server did not end TCP first (section 7.1.1).");
        _bystander.Shutdown();
        _world.Settle();
        while (_world.GateCount > 0) _world.LetGo(0);
        _world.Settle();
        if (!_bystander.Peer.IsClosed || _bystander.Peer.IsReset) _world.Report("The bystander's connection did not end cleanly.");
    }

    private void CheckEnd()
    {
        if (_world.Problem is null)
        {
            if (_world.Server.ConnectionCount != 0) _world.Report($"{_world.Server.ConnectionCount} connections are left.");
            if (_world.Clients.Exists(static client => !client.Peer.IsClosed)) _world.Report("A peer that is gone was not closed.");
            if (_world.Handlers.Exists(static handler => handler.Opened != 1 || handler.Closed != 1))
            {
                _world.Report("OnOpen and OnClose were not called once each.");
            }

            if (_world.Pool.LentCount > _world.MostKeptBuffers) _world.Report($"{_world.Pool.LentCount} buffers were not returned.");
            if (_world.Log.HandlerFailures != _world.IntendedFailures)
            {
                _world.Report($"{_world.Log.HandlerFailures} of {_world.IntendedFailures} failures were logged.");
            }
        }

        _world.Server.DisposeAsync().AsTask().GetAwaiter().GetResult();
        if (_world.Pool.LentCount != 0) _world.Report($"{_world.Pool.LentCount} buffers were not returned when the server ended.");
        if (_world.Pool.FindProblem() is { } misuse) _world.Report(misuse);
        if (_world.Log.Problem is { } logged) _world.Report($"It was logged: {logged}");
    }
}
