using WsAot.Tests.Handlers;
using WsAot.Tests.Harness;
using WsAot.Transport.InMemory;

namespace WsAot.Tests.Topics;

/// <summary>
/// Clients go and come back while the loops and another thread publish, in an order that only chance decides: each of them hears every
/// message once, in the order of all.
/// </summary>
public sealed class RecoveryOrderTests
{
    // So many that a message does not reach all of a loop at once where turns are short.
    private const int Visitors = 40;
    private const int Rounds = 1000;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 20)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Each_hears_every_message_once_and_in_order(int seed)
    {
        var random = new Random(seed);
        using var server = new TestServer(
            loops: 3,
            build: builder =>
            {
                if (seed % 2 == 1) builder.TurnUnits = 1;
                builder.Topics.Add(Returning.Topic, new WsTopicOptions { History = 100_000, HistoryBytes = 1 << 26 });
            });
        // The topic ends with its last subscriber while nothing is kept.
        server.Server.Publish(Returning.Topic, "first");
        Visitor[] visitors = [.. Enumerable.Range(0, Visitors).Select(_ => new Visitor(server))];
        int message = 0;
        for (int round = 0; round < Rounds; round++)
        {
            Visitor one = visitors[random.Next(Visitors)];
            switch (random.Next(6))
            {
                case 0:
                    server.Server.Publish(Returning.Topic, $"{message++}");
                    break;
                case 1 or 2:
                    one.Say($"{message++}", $"{message++}");
                    break;
                case 3:
                    one.ComeBack();
                    break;
                default:
                    server.Transport.RunBatch();
                    break;
            }
        }

        server.Run();
        // Those that have gone with what they had said are not asked for it.
        string[] all = new Visitor(server).HearAll();
        Assert.Equal(all.Length, all.Distinct().Count());
        Assert.All(visitors, visitor => Assert.Equal(all, visitor.HearAll()));
        Assert.InRange(visitors.Sum(static visitor => visitor.Returns), Rounds / 20, Rounds);
    }

    /// <summary>A client that goes and comes back, and says then what it had heard last.</summary>
    private sealed class Visitor
    {
        private readonly TestServer _server;
        private readonly List<string> _heard = [];
        private readonly List<byte> _unread = [];
        private InMemoryPeer _peer;
        private bool _isUpgraded;
        private bool _isSubscribed;
        private long _epoch;
        private long _offset;

        public Visitor(TestServer server)
        {
            _server = server;
            _peer = Connect();
        }

        public int Returns { get; private set; }

        public void Say(params string[] texts)
        {
            Read();
            if (_isSubscribed) _peer.Send(texts.SelectMany(static text => Frame.Text(text)).ToArray());
        }

        /// <summary>Goes, with what has come by then, and comes again.</summary>
        public void ComeBack()
        {
            Read();
            if (_isSubscribed) Returns++;
            _peer.Reset();
            (_isUpgraded, _isSubscribed) = (false, false);
            _unread.Clear();
            _peer = Connect();
        }

        public string[] HearAll()
        {
            _server.Run();
            Read();
            return [.. _heard];
        }

        private InMemoryPeer Connect()
        {
            InMemoryPeer peer = _server.Transport.Connect();
            peer.Send(TestClient.UpgradeRequest($"/returning/{_epoch}/{_offset}"));
            return peer;
        }

        private void Read()
        {
            _unread.AddRange(_peer.Take());
            if (!_isUpgraded)
            {
                int end = _unread.ToArray().AsSpan().IndexOf("\r\n\r\n"u8);
                if (end < 0) return;
                _unread.RemoveRange(0, end + 4);
                _isUpgraded = true;
            }

            while (Frame.Read(_unread.ToArray(), out int length) is { } frame)
            {
                _unread.RemoveRange(0, length);
                if (_isSubscribed) OnMessage(frame.Utf8);
                else OnSubscribed(frame.Utf8.Split(' '));
            }
        }

        private void OnSubscribed(string[] answer)
        {
            Assert.Equal("True", answer[2]);
            Assert.Equal(_offset, long.Parse(answer[1]));
            _epoch = long.Parse(answer[0]);
            _isSubscribed = true;
        }

        private void OnMessage(string text)
        {
            _heard.Add(text);
            _offset++;
        }
    }
}
