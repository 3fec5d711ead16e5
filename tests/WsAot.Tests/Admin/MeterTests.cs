using System.Diagnostics;
using System.Diagnostics.Metrics;
using WsAot.Tests.Harness;

namespace WsAot.Tests.Admin;

/// <summary>The metrics and the calls as .NET's own instruments, which OpenTelemetry collects.</summary>
public sealed class MeterTests
{
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";

    [Fact]
    public void A_listener_sees_the_metrics_of_the_server()
    {
        using var world = new TestServer();
        var seen = new Dictionary<string, double>();
        using var listener = Listen(world, seen);
        TestClient client = world.Open("/echo");
        client.Say("hello");
        world.Advance(1100);
        listener.RecordObservableInstruments();
        Assert.Equal(1, seen["wsaot_messages_received /echo text"]);
        Assert.Equal(5, seen["wsaot_messages_received_bytes /echo text"]);
        Assert.Equal(1, seen["wsaot_connections /echo open"]);
        Assert.Contains("wsaot_handler_seconds /echo", seen.Keys);
        Assert.Equal(1, seen["wsaot_ready"]);
    }

    [Fact]
    public void A_call_is_an_activity_below_what_the_upgrade_request_names()
    {
        using var world = new TestServer();
        var ended = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "WsAot",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                // Other tests may run at the same time.
                if (activity.TraceId.ToString() == TraceId) ended.Add(activity);
            },
        };
        ActivitySource.AddActivityListener(listener);
        world.Script.Rpc.Ask = async _ =>
        {
            await world.Script.Gate.PassAsync();
            return "";
        };
        TestClient client = world.Open("/rpc", $"traceparent: 00-{TraceId}-b7ad6b7169203331-01");
        client.Say("""{"jsonrpc":"2.0","method":"subtract","params":[3,1],"id":1}""");
        client.Say("""{"jsonrpc":"2.0","method":"SpoilError","params":["x"],"id":2}""");
        client.Say("""{"jsonrpc":"2.0","method":"Ask","id":3}""");
        Assert.Equal(["subtract", "SpoilError"], ended.ConvertAll(static activity => activity.OperationName));
        Assert.Null(Activity.Current);
        world.LetOneGo();
        Assert.Equal(3, ended.Count);
        Assert.All(ended, static activity => Assert.Equal("b7ad6b7169203331", activity.ParentSpanId.ToString()));
        Assert.Equal(ActivityStatusCode.Unset, ended[0].Status);
        Assert.Equal((ActivityStatusCode.Error, -32603), (ended[1].Status, ended[1].GetTagItem("rpc.jsonrpc.error_code")));
        Assert.Equal("Ask", ended[2].OperationName);
        Assert.Equal(("jsonrpc", "/rpc"), (ended[2].GetTagItem("rpc.system"), ended[2].GetTagItem("http.route")));
    }

    [Fact]
    public void A_call_that_is_not_sampled_leaves_the_activity_alone_that_is_current()
    {
        using var world = new TestServer();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "WsAot",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.None,
        };
        ActivitySource.AddActivityListener(listener);
        world.Script.Rpc.Ask = async _ =>
        {
            await world.Script.Gate.PassAsync();
            return "";
        };
        TestClient client = world.Open("/rpc");
        using Activity foreign = new Activity("of the application").Start();
        client.Say("""{"jsonrpc":"2.0","method":"Ask","id":1}""");
        world.LetOneGo();
        Assert.False(foreign.IsStopped);
        Assert.Same(foreign, Activity.Current);
    }

    private static MeterListener Listen(TestServer world, Dictionary<string, double> seen)
    {
        Meter own = world.Server.Meter!;
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (ReferenceEquals(instrument.Meter, own)) listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) =>
            seen[string.Join(' ', [instrument.Name, .. tags.ToArray().Select(static tag => (string)tag.Value!)])] = value);
        listener.Start();
        return listener;
    }
}
