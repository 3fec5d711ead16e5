using System.Text.Json.Serialization;
using WsAot;

// The page and its client are embedded in the executable. `dotnet run -- --help` lists the settings.
return await WsServer.RunAsync(WsRoutes.Table, args, static builder => builder.AddFiles("/", typeof(Watch).Assembly, "web/"));

internal sealed record Measurement(double Celsius, DateTimeOffset Time);

/// <summary>The pages subscribe to this topic. It keeps the last measurements of all devices, so a page opens with its charts.</summary>
[JsonRpcClient(Json = typeof(FleetJson)), WsTopic("measurements", History = 5000, HistorySeconds = 3600)]
internal interface IMeasurements
{
    void Measured(string device, Measurement measurement);
}

/// <summary>The devices subscribe to this topic. So do the pages, to see which devices are connected.</summary>
[JsonRpcClient, WsTopic("devices", History = 1, HistorySeconds = 86_400, Presence = true)]
internal interface IDevices
{
    void MeasureEvery(int milliseconds);
}

/// <summary>The route for devices.</summary>
[WsRoute("/devices/{name}", Json = typeof(FleetJson), Topics = [typeof(IDevices)], MaxMessagesPerSecond = 50)]
internal sealed class Device(string name, WsTopic<IMeasurements> measurements)
{
    [OnUpgrade]
    public static WsUpgrade Enter(string name) => name.Length <= 32 ? WsUpgrade.Accept().WithUser(name) : WsUpgrade.Reject(400);

    [JsonRpcMethod]
    public void Submit(Measurement measurement) => measurements.Of().Measured(name, measurement);
}

/// <summary>The route for pages.</summary>
[WsRoute("/watch", Json = typeof(FleetJson), Topics = [typeof(IMeasurements), typeof(IDevices)])]
internal sealed class Watch(WsTopic<IDevices> devices)
{
    [JsonRpcMethod]
    public void MeasureEvery(int milliseconds) => devices.Of().MeasureEvery(Math.Clamp(milliseconds, 100, 60_000));
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(Measurement))]
internal sealed partial class FleetJson : JsonSerializerContext;
