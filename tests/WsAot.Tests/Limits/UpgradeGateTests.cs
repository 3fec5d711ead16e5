using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using WsAot.Limits;
using WsAot.Tests.Harness;
using WsAot.Transport.InMemory;

namespace WsAot.Tests.Limits;

/// <summary>A crowd that comes back after an outage is let in at a rate.</summary>
public sealed class UpgradeGateTests
{
    [Theory]
    [InlineData(10_000, 500, 0)]
    [InlineData(10_000, 1000, 2000)]
    [InlineData(2000, 100, 20)]
    [InlineData(50, 1, 0)]
    public void A_crowd_that_comes_when_it_is_told_to_comes_twice_and_is_let_in_at_the_rate(int crowd, int perSecond, int burst)
    {
        var rate = new Rate(perSecond, burst);
        var gate = new UpgradeGate();
        var comesAtMs = new PriorityQueue<int, long>();
        for (int i = 0; i < crowd; i++) comesAtMs.Enqueue(i, 0);
        var asked = new int[crowd];
        var letIn = new Dictionary<long, int>();
        long lastMs = 0;
        while (comesAtMs.TryDequeue(out int client, out long nowMs))
        {
            asked[client]++;
            lastMs = nowMs;
            int seconds = gate.TryPass(rate, nowMs);
            if (seconds == 0) letIn[nowMs / 1000] = letIn.GetValueOrDefault(nowMs / 1000) + 1;
            else comesAtMs.Enqueue(client, nowMs + (seconds * 1000));
        }

        Assert.Equal(crowd, letIn.Values.Sum());
        Assert.InRange(asked.Max(), 1, 2);
        Assert.All(letIn, each => Assert.InRange(each.Value, 1, each.Key == 0 ? rate.Capacity : perSecond));
        // No second is wasted while somebody waits.
        int passing = Math.Min(perSecond, rate.Capacity);
        Assert.InRange(lastMs, 0, ((crowd - rate.Capacity + passing - 1) / passing * 1000) + 1000);
    }

    [Fact]
    public void The_end_of_a_queue_that_is_too_long_is_spread_over_the_second_half_of_the_longest_wait()
    {
        var gate = new UpgradeGate();
        var rate = new Rate(10, 0);
        int[] told = [.. Enumerable.Range(0, 10_000).Select(_ => gate.TryPass(rate, 0))];
        Assert.Equal(10, told.Count(static seconds => seconds == 0));
        Assert.All(Enumerable.Range(1, UpgradeGate.MaxWaitSeconds / 2 - 1), second => Assert.Equal(10, told.Count(each => each == second)));
        Assert.Equal(UpgradeGate.MaxWaitSeconds, told.Max());
        // 7,000 are spread over 151 seconds: 46 in each, besides those who were queued there.
        Assert.All(Enumerable.Range(150, 151), second => Assert.InRange(told.Count(each => each == second), 44 + 9, 48 + 10));
    }

    [Fact]
    public void The_queue_moves_on_whether_those_in_it_come_or_not()
    {
        var gate = new UpgradeGate();
        var rate = new Rate(10, 0);
        for (int i = 0; i < 110; i++) gate.TryPass(rate, 0);
        Assert.Equal(11, gate.TryPass(rate, 0));
        for (int i = 0; i < 10; i++) Assert.Equal(0, gate.TryPass(rate, 5000));
        Assert.Equal(6, gate.TryPass(rate, 5000));
        for (int i = 0; i < 10; i++) Assert.Equal(0, gate.TryPass(rate, 60_000));
        Assert.Equal(1, gate.TryPass(rate, 60_000));
    }

    [Fact]
    public void Other_options_make_another_bucket()
    {
        var gate = new UpgradeGate();
        Assert.Equal(0, gate.TryPass(new Rate(1, 0), 0));
        Assert.Equal(1, gate.TryPass(new Rate(1, 0), 0));
        Assert.Equal(0, gate.TryPass(new Rate(2, 0), 0));
    }

    [Fact]
    public void A_server_answers_503_with_Retry_After_before_the_routes_code_runs()
    {
        using var server = new TestServer(static options => options.MaxUpgradesPerSecond = 5);
        int asked = 0;
        server.Script.Upgrade = (_, _) =>
        {
            asked++;
            return new(WsUpgrade.Accept());
        };
        Response[] answers = [.. Enumerable.Range(0, 12).Select(_ => server.Connect().Ask("/script"))];
        Assert.Equal([101, 101, 101, 101, 101, 503, 503, 503, 503, 503, 503, 503], answers.Select(static answer => answer.StatusCode));
        Assert.Equal(["1", "1", "1", "1", "1", "2", "2"], answers[5..].Select(static answer => answer["Retry-After"]));
        Assert.Equal(5, asked);
        Assert.Equal("503 Service Unavailable: the server gets more than 5 upgrade requests a second\n", answers[5].Body);
        Assert.EndsWith(
            "(see --max-upgrades-per-second)", server.Log.Entries.First(static entry => entry.Id == 7).Message, StringComparison.Ordinal);
        server.Advance(1000);
        for (int i = 0; i < 5; i++) Assert.Equal(101, server.Connect().Ask("/script").StatusCode);
        Assert.Equal(503, server.Connect().Ask("/script").StatusCode);
        Assert.Equal(200, server.Get("/healthz").StatusCode);
        server.Advance(20_000);
    }

    [Fact]
    public void A_server_lets_ten_thousand_in_that_come_back_together()
    {
        const int Crowd = 10_000;
        const int PerSecond = 1000;
        using var server = new TestServer(
            static options => (options.MaxConnections, options.MaxUpgradesPerSecond) = (2 * Crowd, PerSecond),
            build: static builder => builder.LoggerFactory = NullLoggerFactory.Instance);
        var comesIn = new List<int>[20];
        for (int second = 0; second < comesIn.Length; second++) comesIn[second] = [];
        comesIn[0].AddRange(Enumerable.Range(0, Crowd));
        int refused = 0;
        for (int second = 0; second < Crowd / PerSecond; second++)
        {
            InMemoryPeer[] peers = [.. comesIn[second].Select(_ => server.Transport.Connect())];
            foreach (InMemoryPeer peer in peers) peer.Send(TestClient.UpgradeRequest("/echo"));
            server.Run();
            foreach (InMemoryPeer peer in peers)
            {
                Response answer = Response.Parse(peer.Take());
                if (answer.StatusCode == 101) continue;
                refused++;
                comesIn[second + int.Parse(answer["Retry-After"]!, CultureInfo.InvariantCulture)].Add(0);
                peer.Shutdown();
            }

            server.Run();
            Assert.Equal((second + 1) * PerSecond, server.Server.ConnectionCount);
            server.Advance(1000);
        }

        Assert.Equal(Crowd - PerSecond, refused);
        Assert.Equal(Crowd, server.Server.ConnectionCount);
    }

    [Fact]
    public void An_address_that_asks_too_often_takes_nothing_from_the_others()
    {
        using var server = new TestServer(
            static options => (options.MaxUpgradesPerSecond, options.MaxUpgradesPerSecondPerAddress) = (3, 1));
        Assert.Equal([101, 429, 429, 429, 429], Enumerable.Range(0, 5).Select(_ => server.Connect().Ask("/echo").StatusCode));
        var other = new TestClient(server, server.Transport.Connect(new(new System.Net.IPAddress([192, 0, 2, 1]), 1)));
        Assert.Equal(101, other.Ask("/echo").StatusCode);
        server.Advance(20_000);
    }
}
