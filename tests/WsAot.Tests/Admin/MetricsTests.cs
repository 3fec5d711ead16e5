using System.Text;
using WsAot.Memory;
using WsAot.Tests.Harness;
using WsAot.Tests.Hostile;
using WsAot.Tests.Http;

namespace WsAot.Tests.Admin;

/// <summary>What the metrics say of what clients have done.</summary>
public sealed class MetricsTests
{
    [Fact]
    public void Messages_and_their_bytes_are_counted_by_route_and_kind()
    {
        using var world = new AdminWorld(loops: 2);
        TestClient first = world.Server.Open("/echo");
        TestClient second = world.Server.Open("/echo");
        first.SendRaw(Frame.Text("four"), Frame.Text("sixsix"), Frame.Masked(2, new byte[300]), Frame.Ping("ping"));
        second.Say("12");
        Assert.Equal(3, world.Sample("wsaot_messages_received_total{route=\"/echo\",kind=\"text\"}"));
        Assert.Equal(12, world.Sample("wsaot_messages_received_bytes_total{route=\"/echo\",kind=\"text\"}"));
        Assert.Equal(1, world.Sample("wsaot_messages_received_total{route=\"/echo\",kind=\"binary\"}"));
        Assert.Equal(300, world.Sample("wsaot_messages_received_bytes_total{route=\"/echo\",kind=\"binary\"}"));
        Assert.Equal(1, world.Sample("wsaot_messages_received_total{route=\"/echo\",kind=\"ping\"}"));
        Assert.Equal(3, world.Sample("wsaot_messages_sent_total{route=\"/echo\",kind=\"text\"}"));
        Assert.Equal(300, world.Sample("wsaot_messages_sent_bytes_total{route=\"/echo\",kind=\"binary\"}"));
        Assert.Equal(1, world.Sample("wsaot_messages_sent_total{route=\"/echo\",kind=\"pong\"}"));
        Assert.Equal(0, world.Sample("wsaot_messages_received_total{route=\"/script\",kind=\"text\"}"));
        Assert.Equal(2, world.Sample("wsaot_connections{route=\"/echo\",state=\"open\"}"));
        Assert.Equal(1, world.Sample("wsaot_loop_connections{loop=\"0\"}"));
    }

    [Fact]
    public void The_network_is_counted_as_it_was_read_and_written()
    {
        using var world = new AdminWorld();
        TestClient client = world.Server.Open("/echo");
        double read = world.Sample("wsaot_network_received_bytes_total{loop=\"0\"}");
        double written = world.Sample("wsaot_network_sent_bytes_total{loop=\"0\"}");
        client.Say("four");
        Assert.Equal(2 + 4 + 4, world.Sample("wsaot_network_received_bytes_total{loop=\"0\"}") - read);
        Assert.Equal(2 + 4, world.Sample("wsaot_network_sent_bytes_total{loop=\"0\"}") - written);
    }

    [Fact]
    public void An_end_is_counted_by_its_code_its_cause_and_who_began_it()
    {
        using var world = new AdminWorld();
        TestClient leaver = world.Server.Open("/echo");
        leaver.SendRaw(Frame.Close(4001));
        Assert.Equal(1, world.Sample("wsaot_connections{route=\"/echo\",state=\"closing\"}"));
        leaver.Shutdown();
        world.Server.Open("/echo").Reset();
        TestClient breaker = world.Server.Open("/echo");
        breaker.SendRaw([0xFF, 0x80]);
        breaker.Shutdown();
        Assert.Equal(1, world.Sample("wsaot_connections_closed_total{route=\"/echo\",code=\"4xxx\",cause=\"closed\",by=\"peer\"}"));
        Assert.Equal(1, world.Sample("wsaot_connections_closed_total{route=\"/echo\",code=\"1006\",cause=\"reset\",by=\"peer\"}"));
        const string Broken = "wsaot_connections_closed_total{route=\"/echo\",code=\"1002\",cause=\"protocol-error\",by=\"server\"}";
        Assert.Equal(1, world.Sample(Broken));
        Assert.Equal(3, world.Sample("wsaot_connections_opened_total{route=\"/echo\"}"));
        Assert.Equal(0, world.Sample("wsaot_connections{route=\"/echo\",state=\"open\"}"));
        Assert.Equal(0, world.Sample("wsaot_connections{route=\"/echo\",state=\"closing\"}"));
    }

    [Fact]
    public void Answers_are_counted_by_status_and_by_what_decided_them()
    {
        using var world = new AdminWorld(static options => options.MaxPathBytes = 20);
        world.Server.Open("/echo");
        world.Server.Connect().Ask("/echo", "Origin: https://evil.example");
        world.Server.Get("/nowhere");
        world.Server.Get("/a-path-that-is-too-long-for-this-server");
        world.Server.Get("/healthz");
        Assert.Equal(1, world.Sample("wsaot_http_responses_total{status=\"101\",reason=\"upgrade\"}"));
        Assert.Equal(1, world.Sample("wsaot_http_responses_total{status=\"403\",reason=\"allowed-origins\"}"));
        Assert.Equal(1, world.Sample("wsaot_http_responses_total{status=\"404\",reason=\"not-found\"}"));
        Assert.Equal(1, world.Sample("wsaot_http_responses_total{status=\"414\",reason=\"max-path-bytes\"}"));
        Assert.Equal(1, world.Sample("wsaot_http_responses_total{status=\"200\",reason=\"page\"}"));
    }

    [Fact]
    public void Who_is_reset_without_an_answer_has_got_none()
    {
        using var world = new AdminWorld(static options => (options.ProxyProtocol, options.TrustedProxies) = (true, "127.0.0.1"));
        TestClient client = world.Server.Connect();
        client.SendRaw("GET / HTTP/1.1\r\n\r\n"u8.ToArray());
        Assert.True(client.Peer.IsReset);
        Assert.Equal(1, world.Sample("wsaot_http_responses_total{status=\"none\",reason=\"proxy-protocol\"}"));
    }

    [Fact]
    public void Redirects_files_and_questions_for_methods_are_answers_too()
    {
        string folder = Directory.CreateTempSubdirectory("wsaot-metrics-").FullName;
        File.WriteAllText(Path.Combine(folder, "a.txt"), "a");
        Directory.CreateDirectory(Path.Combine(folder, "below"));
        File.WriteAllText(Path.Combine(folder, "below", "index.html"), "b");
        using var world = new AdminWorld(build: builder =>
        {
            builder.FileScheduler = new InlineScheduler();
            builder.AddFiles("/files", folder);
        });
        Ask("OPTIONS /");
        Ask("OPTIONS /healthz");
        Ask("OPTIONS /echo");
        Ask("OPTIONS /files/a.txt");
        string tag = Ask("GET /files/a.txt")["ETag"]!;
        Ask("GET /files/a.txt", $"If-None-Match: {tag}");
        Ask("GET /files/below");
        Assert.Equal(4, world.Sample("wsaot_http_responses_total{status=\"200\",reason=\"options\"}"));
        Assert.Equal(1, world.Sample("wsaot_http_responses_total{status=\"200\",reason=\"file\"}"));
        Assert.Equal(1, world.Sample("wsaot_http_responses_total{status=\"304\",reason=\"file\"}"));
        Assert.Equal(1, world.Sample("wsaot_http_responses_total{status=\"301\",reason=\"file\"}"));
        world.Server.Server.Handshakes.RedirectPort = 443;
        Assert.Equal(308, Ask("GET /healthz").StatusCode);
        Assert.Equal(1, world.Sample("wsaot_http_responses_total{status=\"308\",reason=\"redirect-http\"}"));
        Directory.Delete(folder, recursive: true);

        Response Ask(string request, string header = "X-None: none")
        {
            TestClient client = world.Server.Connect();
            client.SendRaw(Encoding.ASCII.GetBytes($"{request} HTTP/1.1\r\nHost: server.example\r\nConnection: close\r\n{header}\r\n\r\n"));
            return client.ReadResponse();
        }
    }

    [Fact]
    public async Task Topics_count_what_they_keep_who_comes_back_and_who_is_there()
    {
        using var world = new AdminWorld(loops: 2);
        TestClient first = world.Server.Open("/rooms"), second = world.Server.Open("/rooms");
        Subscribe(first, """{"topic":"room/lobby"}""");
        for (int i = 0; i < 3; i++) first.Say("""{"jsonrpc":"2.0","method":"Say","params":["lobby","hello"]}""");
        long epoch = (await world.Server.Server.PublishAsync("room/lobby", "{\"a\":1}")).Epoch;
        Subscribe(second, $$$"""{"topic":"room/lobby","since":{"epoch":{{{epoch}}},"offset":2}}""");
        Subscribe(second, """{"topic":"room/lobby","since":{"epoch":1,"offset":2}}""");
        Subscribe(second, """{"topic":"room/lobby","since":"now"}""");
        Assert.Equal(1, world.Sample("wsaot_topics_with_history"));
        Assert.InRange(world.Sample("wsaot_topic_history_bytes"), 540 + (4 * 44), 600 + (4 * 200));
        Assert.Equal(1, world.Sample("wsaot_topic_recoveries_total{result=\"complete\"}"));
        Assert.Equal(1, world.Sample("wsaot_topic_recoveries_total{result=\"incomplete\"}"));
        Assert.Equal(2 + 4, world.Sample("wsaot_topic_recovered_messages_total"));
        Assert.Equal(4 + 2 + 4, world.Sample("wsaot_topic_deliveries_total"));
        Assert.Equal(2, world.Sample("wsaot_topic_present"));
        first.Reset();
        world.Server.Run();
        Assert.Equal(1, world.Sample("wsaot_topic_present"));

        static void Subscribe(TestClient client, string parameters) =>
            client.Say($$"""{"jsonrpc":"2.0","method":"$/subscribe","params":{{parameters}},"id":1}""");
    }

    [Fact]
    public void Topics_count_what_is_published_and_what_arrives()
    {
        using var world = new AdminWorld(loops: 2);
        TestClient[] clients = [.. Enumerable.Range(0, 4).Select(_ => world.Server.Open("/room/lobby"))];
        clients[0].Say("hello");
        world.Server.Server.Publish("lobby", "from elsewhere");
        world.Server.Run();
        Assert.Equal(1, world.Sample("wsaot_topics"));
        Assert.Equal(4, world.Sample("wsaot_subscriptions"));
        Assert.Equal(2, world.Sample("wsaot_topic_publications_total"));
        Assert.Equal(8, world.Sample("wsaot_topic_deliveries_total"));
        Assert.Equal(8, world.Sample("wsaot_messages_sent_total{route=\"/room/{name}\",kind=\"text\"}"));
        clients[0].Reset();
        Assert.Equal(3, world.Sample("wsaot_subscriptions"));
    }

    [Fact]
    public void A_message_that_a_slow_connection_does_not_get_is_counted_as_dropped()
    {
        using var world = new AdminWorld();
        TestClient client = world.Server.Open("/room/lobby");
        client.Peer.WindowBytes = 0;
        for (int i = 0; i < 3; i++)
        {
            world.Server.Server.PublishBinary("lobby", new byte[600]);
            world.Server.Run();
        }

        Assert.Equal(1, world.Sample("wsaot_messages_dropped_total{route=\"/room/{name}\"}"));
        Assert.Equal(2, world.Sample("wsaot_topic_deliveries_total"));
        Assert.Equal(2 * 604, world.Sample("wsaot_pending_output_bytes{route=\"/room/{name}\"}"));
        client.Peer.WindowBytes = int.MaxValue;
        client.Drain();
        Assert.Equal(0, world.Sample("wsaot_pending_output_bytes{route=\"/room/{name}\"}"));
    }

    [Fact]
    public void Neither_who_says_something_to_all_others_nor_who_is_closing_gets_a_delivery()
    {
        using var world = new AdminWorld();
        TestClient[] clients = [.. Enumerable.Range(0, 3).Select(_ => world.Server.Open("/room/lobby"))];
        clients[0].SendRaw(Frame.Close(1000));
        WsConnection speaker = world.Server.Server.GetConnections()[^1];
        speaker.PublishToOthers("lobby", "hello"u8);
        world.Server.Run();
        Assert.Equal(1, world.Sample("wsaot_topic_deliveries_total"));
        Assert.Equal(1, world.Sample("wsaot_messages_sent_total{route=\"/room/{name}\",kind=\"text\"}"));
    }

    [Fact]
    public void A_slow_connection_that_is_closed_for_a_message_does_not_get_it()
    {
        using var world = new AdminWorld(static options => options.SlowConsumer = SlowConsumerPolicy.Close);
        TestClient client = world.Server.Open("/room/lobby");
        client.Peer.WindowBytes = 0;
        for (int i = 0; i < 3; i++)
        {
            world.Server.Server.PublishBinary("lobby", new byte[600]);
            world.Server.Run();
        }

        Assert.Equal(2, world.Sample("wsaot_topic_deliveries_total"));
        Assert.Equal(0, world.Sample("wsaot_messages_dropped_total{route=\"/room/{name}\"}"));
        client.Reset();
    }

    [Theory]
    [InlineData(WsCompression.None)]
    [InlineData(WsCompression.Shared)]
    [InlineData(WsCompression.Dedicated)]
    public void What_the_transport_does_not_take_any_more_is_neither_sent_nor_delivered(WsCompression compression)
    {
        using var world = new AdminWorld(options => options.Compression = compression);
        TestClient client = world.Server.Open("/room/lobby", Wire.Deflate);
        client.Peer.WindowBytes = 0;
        Publish();
        // It has ended its side, and has not got what waits for it.
        client.Shutdown();
        Publish();
        Assert.False(client.Peer.IsClosed);
        Assert.Equal(2, world.Sample("wsaot_topic_publications_total"));
        Assert.Equal(1, world.Sample("wsaot_topic_deliveries_total"));
        Assert.Equal(1, world.Sample("wsaot_messages_sent_total{route=\"/room/{name}\",kind=\"binary\"}"));
        double deflated = compression == WsCompression.None ? 0 : 600;
        Assert.Equal(deflated, world.Sample("wsaot_compression_input_bytes_total{route=\"/room/{name}\"}"));
        client.Reset();

        void Publish()
        {
            world.Server.Server.PublishBinary("lobby", new byte[600]);
            world.Server.Run();
        }
    }

    [Fact]
    public void Calls_are_counted_by_method_and_by_how_they_ended()
    {
        using var world = new AdminWorld();
        TestClient client = world.Server.Open("/rpc");
        client.Say("""{"jsonrpc":"2.0","method":"subtract","params":[3,1],"id":1}""");
        client.Say("""{"jsonrpc":"2.0","method":"subtract","params":["x",1],"id":2}""");
        client.Say("""{"jsonrpc":"2.0","method":"SpoilError","params":["x"],"id":3}""");
        client.Say("""{"jsonrpc":"2.0","method":"nowhere","id":4}""");
        client.Say("not JSON");
        Assert.Equal(1, world.Sample("wsaot_rpc_calls_total{route=\"/rpc\",method=\"subtract\",outcome=\"ok\"}"));
        Assert.Equal(0, world.Sample("wsaot_rpc_calls_total{route=\"/rpc\",method=\"subtract\",outcome=\"error\"}"));
        Assert.Equal(1, world.Sample("wsaot_rpc_calls_total{route=\"/rpc\",method=\"SpoilError\",outcome=\"error\"}"));
        Assert.Equal(1, world.Sample("wsaot_rpc_calls_refused_total{route=\"/rpc\",code=\"-32602\"}"));
        Assert.Equal(1, world.Sample("wsaot_rpc_calls_refused_total{route=\"/rpc\",code=\"-32601\"}"));
        Assert.Equal(1, world.Sample("wsaot_rpc_calls_refused_total{route=\"/rpc\",code=\"-32700\"}"));
        Assert.DoesNotContain("nowhere", world.Get("/metrics").Body, StringComparison.Ordinal);
    }

    [Fact]
    public void An_asynchronous_call_is_timed_to_its_end()
    {
        using var world = new AdminWorld();
        world.Server.Script.Rpc.Ask = async _ =>
        {
            await world.Server.Script.Gate.PassAsync();
            return "";
        };
        TestClient client = world.Server.Open("/rpc");
        client.Say("""{"jsonrpc":"2.0","method":"Ask","id":1}""");
        Assert.Equal(0, world.Sample("wsaot_rpc_calls_total{route=\"/rpc\",method=\"Ask\",outcome=\"ok\"}"));
        world.Server.Advance(300);
        world.Server.LetOneGo();
        Assert.Equal(1, world.Sample("wsaot_rpc_calls_total{route=\"/rpc\",method=\"Ask\",outcome=\"ok\"}"));
        Assert.Equal(0.3, world.Sample("wsaot_rpc_call_seconds_sum{route=\"/rpc\",method=\"Ask\"}"), 0.07);
        Assert.Equal(0, world.Sample("wsaot_rpc_call_seconds_bucket{route=\"/rpc\",method=\"Ask\",le=\"0.2\"}"));
        Assert.Equal(1, world.Sample("wsaot_rpc_call_seconds_bucket{route=\"/rpc\",method=\"Ask\",le=\"0.5\"}"));
    }

    [Fact]
    public void Calls_of_handlers_are_timed_one_in_sixteen_milliseconds()
    {
        using var world = new AdminWorld();
        TestClient client = world.Server.Open("/echo");
        world.Server.Advance(100);
        for (int i = 0; i < 5; i++) client.Say("x");
        Assert.Equal(1, world.Sample("wsaot_handler_seconds_count{route=\"/echo\"}"));
        world.Server.Advance(16);
        for (int i = 0; i < 5; i++) client.Say("x");
        Assert.Equal(2, world.Sample("wsaot_handler_seconds_count{route=\"/echo\"}"));
        Assert.Equal(10, world.Sample("wsaot_messages_received_total{route=\"/echo\",kind=\"text\"}"));
    }

    [Fact]
    public void Compression_shows_by_the_bytes_before_and_after()
    {
        using var world = new AdminWorld(static options => options.Compression = WsCompression.Shared);
        TestClient client = world.Server.Open("/echo", "Sec-WebSocket-Extensions: permessage-deflate");
        client.SendRaw(Frame.Masked(2, new byte[10_000]));
        Assert.Equal(10_000, world.Sample("wsaot_compression_input_bytes_total{route=\"/echo\"}"));
        Assert.InRange(world.Sample("wsaot_compression_output_bytes_total{route=\"/echo\"}"), 1, 100);
        Assert.Equal(0, world.Sample("wsaot_decompression_output_bytes_total{route=\"/echo\"}"));
    }

    [Fact]
    public void Of_what_came_compressed_the_bytes_show_as_they_came_and_as_handlers_see_them()
    {
        using var world = new AdminWorld(static options =>
            (options.Compression, options.MaxMessageBytes) = (WsCompression.Shared, 1 << 20));
        TestClient client = world.Server.Open("/script", Wire.Deflate);
        byte[] small = Wire.Compress(new byte[10_000]);
        // Longer than what one turn inflates.
        byte[] large = Wire.Compress(new byte[900_000]);
        client.SendRaw(Frame.Masked(2, small, rsv: 4), Frame.Text("plain"), Frame.Masked(2, large, rsv: 4), Frame.Ping("p"));
        world.Server.Advance(10);
        Assert.Single(client.Drain());
        // What is no message is not counted, nor is it left for the next one.
        TestClient wrong = world.Server.Open("/script", Wire.Deflate);
        wrong.SendRaw(Frame.Masked(1, Wire.Compress([0xFF, 0xFF]), rsv: 4));
        TestClient next = world.Server.Open("/script", Wire.Deflate);
        next.Say("plain");
        Assert.Equal(small.Length + large.Length, world.Sample("wsaot_decompression_input_bytes_total{route=\"/script\"}"));
        Assert.Equal(910_000, world.Sample("wsaot_decompression_output_bytes_total{route=\"/script\"}"));
    }

    [Fact]
    public void Pauses_for_a_rate_are_counted_with_their_time_even_if_the_connection_ends_first()
    {
        using var world = new AdminWorld(static options => options.MaxMessagesPerSecond = 10);
        TestClient client = world.Server.Open("/echo");
        client.SendRaw([.. Enumerable.Repeat(Frame.Text("a"), 11)]);
        Assert.Equal(1, world.Sample("wsaot_rate_pauses_total{route=\"/echo\"}"));
        Assert.Equal(0, world.Sample("wsaot_rate_paused_seconds_total{route=\"/echo\"}"));
        world.Server.Advance(50);
        world.Server.Server.GetConnections()[0].Abort();
        world.Server.Run();
        Assert.Equal(0.05, world.Sample("wsaot_rate_paused_seconds_total{route=\"/echo\"}"));
        Assert.Equal(0, world.Sample("wsaot_rate_pauses_total{route=\"/script\"}"));
    }

    [Fact]
    public void Memory_shows_its_limit_and_the_level_that_it_is_at()
    {
        long resident = 50 << 20;
        using var world = new AdminWorld(
            static options => options.MaxMemoryBytes = 100 << 20,
            build: builder => builder.ReadMemory = () => new MemoryReading(Volatile.Read(ref resident)));
        Assert.Equal(100 << 20, world.Sample("wsaot_memory_limit_bytes"));
        Assert.Equal([1, 0, 0], Levels());
        resident = 90 << 20;
        LookAtMemory();
        Assert.Equal([0, 1, 0], Levels());
        resident = 96 << 20;
        world.Server.Advance(1000);
        LookAtMemory();
        Assert.Equal([0, 0, 1], Levels());
        // Without the limit there is no level either.
        WsServerOptions options = world.Server.Server.Options.Clone();
        options.MaxMemoryBytes = -1;
        world.Server.Server.ApplyOptions(options);
        Assert.Equal([1, 0, 0], Levels());
        options.MaxMemoryBytes = 100 << 20;
        world.Server.Server.ApplyOptions(options);
        Assert.Equal([0, 0, 1], Levels());
        resident = 0;
        world.Server.Advance(100_000);
        Assert.Equal([1, 0, 0], Levels());

        // It is read when somebody asks for an upgrade.
        void LookAtMemory()
        {
            TestClient client = world.Server.Connect();
            client.Ask("/echo");
            client.Reset();
        }

        double[] Levels() =>
            [.. new[] { "normal", "refuse", "close" }.Select(name => world.Sample($"wsaot_memory_level{{level=\"{name}\"}}"))];
    }

    [Fact]
    public void A_connection_that_says_nothing_is_counted_when_its_time_is_over()
    {
        using var world = new AdminWorld();
        TestClient client = world.Server.Connect();
        world.Server.Advance(10_100);
        Assert.True(client.Peer.IsClosed);
        Assert.Equal(1, world.Sample("wsaot_http_responses_total{status=\"none\",reason=\"handshake-timeout-ms\"}"));
    }

    [Fact]
    public void A_reload_that_was_refused_is_shown_until_one_is_taken()
    {
        using var world = new AdminWorld();
        Assert.Equal(1, world.Sample("wsaot_config_last_reload_successful"));
        world.Server.Server.Context.IsReloadRefused = true;
        Assert.Equal(0, world.Sample("wsaot_config_last_reload_successful"));
        Assert.DoesNotContain("\nwsaot_tls_files_usable ", world.Get("/metrics").Body, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_memory_has_no_limit_there_is_no_sample_of_one()
    {
        using var world = new AdminWorld(static options => options.MaxMemoryBytes = -1);
        string metrics = world.Get("/metrics").Body;
        Assert.Contains("# TYPE wsaot_memory_limit_bytes gauge\n", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("\nwsaot_memory_limit_bytes ", metrics, StringComparison.Ordinal);
    }
}
