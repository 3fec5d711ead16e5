using Fleet;

// device [name] [address of the server]
string name = args.ElementAtOrDefault(0) ?? Environment.MachineName;
Uri server = new(args.ElementAtOrDefault(1) ?? "ws://127.0.0.1:8080");

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) =>
{
    press.Cancel = true;
    stop.Cancel();
};

// Not a real thermometer: it walks at random.
double celsius = Random.Shared.Next(18, 24);
double Measure() => celsius = Math.Round(celsius + ((Random.Shared.NextDouble() - 0.5) / 2), 2);

await using var client = new DeviceClient(server, name);
client.StateChanged += (state, reason) => Console.WriteLine($"{name}: {state} {reason?.Message}");
await new Reporter(client, Measure).RunAsync(stop.Token);
