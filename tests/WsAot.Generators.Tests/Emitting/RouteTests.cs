using WsAot.Generators.Tests.Compilations;
using WsAot.Routing;

namespace WsAot.Generators.Tests.Emitting;

/// <summary>The generated routes, compiled and called.</summary>
public class RouteTests
{
    private const string Orders = TestCompilation.Usings + """
        using System.Collections.Generic;

        namespace MyApp;

        [WsRoute("/orders/{shop}/{number}/{day}/{*rest}", MaxMessageBytes = 5, MaxFragments = 6, MaxPendingOutputBytes = 7,
            SlowConsumer = SlowConsumerPolicy.Close, MaxMessagesPerSecond = 8, MaxMessageBurst = 9, MaxBytesPerSecond = 10,
            MaxByteBurst = 11, RateLimitPolicy = RateLimitPolicy.Close, MaxConnectionLifetimeMs = 12, Subprotocols = ["a", "b"])]
        public sealed class Orders(WsConnection connection, string shop, int number, DateOnly day, string rest, Uri service,
            WsRequest request,
            CancellationToken closed, IServiceProvider services, Exception? none, int limit = 5)
        {
            public List<object?> Got { get; } = [connection, shop, number, day, rest, service, request, closed.CanBeCanceled, services,
                none, limit];

            [OnUpgrade] public static WsUpgrade Check(WsRequest request, int number, Uri service, CancellationToken cancellationToken) =>
                WsUpgrade.Reject(400 + number)
                    .WithHeader("X-Service", service.Host + cancellationToken.IsCancellationRequested);

            [OnOpen] public void Opened(string shop) => Got.Add("open " + shop);
            [OnText] public async Task Text(string text, int number) { await Task.Yield(); Got.Add("text " + text + number); }
            [OnBinary] public void Binary(ReadOnlySpan<byte> bytes, string rest) => Got.Add("binary " + bytes.Length + rest);
            [OnPong]
            public ValueTask Pong(WsConnection c)
            {
                Got.Add("pong " + (c == connection));
                return new ValueTask(Task.FromException(new TimeoutException()));
            }
            [OnDrained] public void Drained() => Got.Add("drained");
            [OnClose] public void Closed(WsClose close) => Got.Add("close " + close.Code);
        }
        """;

    private readonly Services _services = new(new Uri("http://service/"));
    private readonly WsRequest _request = RuntimeObjects.Request("/orders/caf%C3%A9/7/2026-11-22/a%2Fb/c");
    private readonly WsRoute _route = Assert.Single(LoadedRoutes.Load(Orders).Routes);

    [Fact]
    public void Options_are_those_of_the_attribute() =>
        Assert.Equivalent(
            new WsRouteOptions("/orders/{shop}/{number}/{day}/{*rest}", "MyApp.Orders")
            {
                MaxMessageBytes = 5,
                MaxFragments = 6,
                MaxPendingOutputBytes = 7,
                SlowConsumer = SlowConsumerPolicy.Close,
                MaxMessagesPerSecond = 8,
                MaxMessageBurst = 9,
                MaxBytesPerSecond = 10,
                MaxByteBurst = 11,
                RateLimitPolicy = RateLimitPolicy.Close,
                MaxConnectionLifetimeMs = 12,
                Subprotocols = ["a", "b"],
            },
            _route.Options,
            strict: true);

    [Fact]
    public void Events_are_those_that_are_taken_and_the_request_is_kept_for_them() =>
        Assert.Equal(
            WsHandlerEvents.Upgrade | WsHandlerEvents.Open | WsHandlerEvents.Text | WsHandlerEvents.Binary | WsHandlerEvents.Pong
                | WsHandlerEvents.Drained | WsHandlerEvents.Close | WsHandlerEvents.KeepsRequest | WsHandlerEvents.Asynchronous,
            _route.Events);

    [Theory]
    [InlineData("[OnText] public void Said() { }", false)]
    [InlineData("[OnText] public Task Said() => Task.CompletedTask;", true)]
    [InlineData("[OnClose] public ValueTask Left() => default;", true)]
    [InlineData("[OnUpgrade] public static Task<WsUpgrade> Check() => null!; [OnText] public void Said() { }", false)]
    public void A_handler_is_asynchronous_if_a_method_that_is_called_for_its_connection_is(string methods, bool isAsynchronous) =>
        Assert.Equal(
            isAsynchronous,
            Assert.Single(LoadedRoutes.Load(TestCompilation.Usings + $$"""
                [WsRoute("/")] public class Handler { {{methods}} }
                """).Routes).Events.HasFlag(WsHandlerEvents.Asynchronous));

    [Fact]
    public void A_handler_in_namespaces_and_classes_that_are_keywords_is_served() =>
        Assert.Equal("new.event.class.int", Assert.Single(LoadedRoutes.Load(TestCompilation.Usings + """
            namespace @new.@event { public class @class { [WsRoute("/")] public class @int { [OnOpen] public void Opened() { } } } }
            """).Routes).Options.HandlerName);

    [Theory]
    [InlineData("int id", WsHandlerEvents.None)]
    // A constructor may keep the request in a field.
    [InlineData("WsRequest request", WsHandlerEvents.KeepsRequest)]
    public void The_request_is_kept_for_a_constructor_that_takes_it_and_not_for_route_values_or_the_upgrade(
        string taken, WsHandlerEvents kept) =>
        Assert.Equal(
            WsHandlerEvents.Upgrade | WsHandlerEvents.Open | kept,
            Assert.Single(LoadedRoutes.Load(TestCompilation.Usings + $$"""
                [WsRoute("/{id}")] public class Handler({{taken}})
                {
                    [OnUpgrade] public static WsUpgrade Check(int id, WsRequest request) => WsUpgrade.Accept();
                    [OnOpen] public void Opened() { }
                }
                """).Routes).Events);

    [Theory]
    [InlineData("/orders/x/7/2026-11-22", true)]
    [InlineData("/orders/x/-7/2026-11-22", true)]
    [InlineData("/orders/x/seven/2026-11-22", false)]
    [InlineData("/orders/x/7/tomorrow", false)]
    [InlineData("/orders/x/99999999999/2026-11-22", false)]
    public void Values_that_do_not_parse_are_not_accepted(string path, bool accepted) =>
        Assert.Equal(accepted, _route.Accepts(RuntimeObjects.Request(path)));

    [Fact]
    public void The_constructor_gets_what_it_asks_for()
    {
        WsConnection connection = RuntimeObjects.Connection(_services);
        Assert.Equal(
            [connection, "café", 7, new DateOnly(2026, 11, 22), "a/b/c", _services.Service, _request, true, connection.Services, null, 5],
            Got(_route.Create(connection, _request)));
    }

    [Fact]
    public void Each_connection_gets_a_handler_of_its_own()
    {
        WsConnection connection = RuntimeObjects.Connection(_services);
        Assert.NotSame(_route.Create(connection, _request), _route.Create(connection, _request));
    }

    [Fact]
    public void A_service_that_is_missing_is_an_error() =>
        Assert.Throws<InvalidOperationException>(() => _route.Create(RuntimeObjects.Connection(new Services(null)), _request));

    [Fact]
    public async Task The_upgrade_is_decided_before_there_is_a_handler()
    {
        WsUpgrade upgrade = await _route.OnUpgrade(_request, _services, new CancellationToken(canceled: true));
        Assert.Equal(407, upgrade.StatusCode);
        Assert.Equal("serviceTrue", Assert.Single(upgrade.Headers).Value);
    }

    [Fact]
    public async Task Events_reach_their_methods()
    {
        WsConnection connection = RuntimeObjects.Connection(_services, _request);
        object handler = _route.Create(connection, _request);
        int created = Got(handler).Count;

        await _route.OnOpen(handler, connection);
        await _route.OnText(handler, connection, RuntimeObjects.Payload("é"u8, null));
        await _route.OnBinary(handler, connection, RuntimeObjects.Payload([1, 2, 3], null));
        await Assert.ThrowsAsync<TimeoutException>(() => _route.OnPong(handler, connection, RuntimeObjects.Payload([], null)).AsTask());
        await _route.OnDrained(handler, connection);
        await _route.OnClose(handler, connection, new WsClose(1001, "", true));

        Assert.Equal(["open café", "text é7", "binary 3a/b/c", "pong True", "drained", "close 1001"], Got(handler).Skip(created));
    }

    [Theory]
    [InlineData("WsUpgrade<User>", "", "WsUpgrade.AcceptWith(new User(name))")]
    [InlineData(
        "async Task<WsUpgrade<User>>",
        "await Task.Yield();",
        "name.Length > 2 ? WsUpgrade.AcceptWith(new User(name)) : WsUpgrade.Reject(403)")]
    [InlineData("async ValueTask<WsUpgrade<User>>", "await Task.Yield();", "WsUpgrade.AcceptWith(new User(name))")]
    public async Task What_OnUpgrade_hands_over_is_given_to_the_constructor(string returns, string first, string answer)
    {
        WsRoute route = Assert.Single(LoadedRoutes.Load(TestCompilation.Usings + $$"""
            using System.Collections.Generic;

            public sealed record User(string Name);
            [WsRoute("/{name}")] public class Handler(User user, string name)
            {
                public List<object?> Got { get; } = [user.Name, name];
                [OnUpgrade] public static {{returns}} Check(string name) { {{first}} return {{answer}}; }
                [OnOpen] public void Opened() { }
            }
            """).Routes);
        WsRequest request = RuntimeObjects.Request("/anna");
        RuntimeObjects.SetUpgradeValue(request, await route.OnUpgrade(request, _services, default));
        Assert.Equal(["anna", "anna"], Got(route.Create(RuntimeObjects.Connection(_services), request)));
    }

    [Fact]
    public async Task A_method_that_the_handler_hides_and_one_that_it_overrides_are_called_right()
    {
        WsRoute route = Assert.Single(LoadedRoutes.Load(TestCompilation.Usings + """
            using System.Collections.Generic;

            public abstract class Base
            {
                public List<object?> Got { get; } = [];
                [OnOpen] public void Opened() => Got.Add("base");
                [OnClose] public virtual void Closed() => Got.Add("base");
            }
            [WsRoute("/")] public class Handler : Base
            {
                public new void Opened() => Got.Add("hiding");
                public override void Closed() => Got.Add("override");
            }
            """).Routes);
        WsConnection connection = RuntimeObjects.Connection(_services);
        object handler = route.Create(connection, _request);
        await route.OnOpen(handler, connection);
        await route.OnClose(handler, connection, default);
        Assert.Equal(["base", "override"], Got(handler));
    }

    private static List<object?> Got(object handler) => (List<object?>)handler.GetType().GetProperty("Got")!.GetValue(handler)!;

    private sealed class Services(Uri? service) : IServiceProvider
    {
        public Uri? Service { get; } = service;

        public object? GetService(Type serviceType) => serviceType == typeof(Uri) ? Service : null;
    }
}
