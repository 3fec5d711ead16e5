using System.Text.Json.Serialization;
using WsAot;

// The page and its client are embedded in the executable. `dotnet run -- --help` lists the settings.
return await WsServer.RunAsync(WsRoutes.Table, args, static builder => builder.AddFiles("/", typeof(Watch).Assembly, "web/"));

internal sealed record Measurement(double Celsius, DateTimeOffset Time);

/// <summary>What pages hear. The topic keeps the last measurements of all devices, so a page has its charts as soon as it opens.</summary>
[JsonRpcClient(Json = typeof(FleetJson)), WsTopic("measurements", History = 5000, HistorySeconds = 3600)]
internal interface IMeasurements
{
    void Measured(string device, Measurement measurement);
}

/// <summary>What devices hear. Its subscribers are the devices that are connected, and the pages, which have no name.</summary>
[JsonRpcClient, WsTopic("devices", History = 1, HistorySeconds = 86_400, Presence = true)]
internal interface IDevices
{
    void MeasureEvery(int milliseconds);
}

/// <summary>A device connects to it.</summary>
[WsRoute("/devices/{name}", Json = typeof(FleetJson), Topics = [typeof(IDevices)], MaxMessagesPerSecond = 50)]
internal sealed class Device(string name, WsTopic<IMeasurements> measurements)
{
    [OnUpgrade]
    public static WsUpgrade Enter(string name) => name.Length <= 32 ? WsUpgrade.Accept().WithUser(name) : WsUpgrade.Reject(400);

    [JsonRpcMethod]
    public void Submit(Measurement measurement) => measurements.Of().Measured(name, measurement);
}

/// <summary>A page connects to it.</summary>
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
