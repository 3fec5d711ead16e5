using WsAot.Soak.Checks;
using WsAot.Soak.Wire;

namespace WsAot.Soak.Operating;

/// <summary>The clients of all kinds, which come and go until they are told to end, and then end as they should.</summary>
internal sealed class OperatingLoad(OperatingOptions options, ServerAddress server, Faults faults)
{
    /// <summary>Only a guard for one visit.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(120);

    private readonly CancellationTokenSource _ending = new();
    private readonly List<Task> _clients = [];

    public Tallies Tallies { get; } = new();

    public Faults Faults => faults;

    public bool IsEnding => _ending.IsCancellationRequested;

    public void Start()
    {
        Random random = new(options.Seed);
        for (int i = 0; i < options.Clients; i++) Add(new EchoVisitor(this, server, new Random(random.Next())));
        for (int i = 0; i < Math.Max(1, options.Clients / 3); i++) Add(new CallVisitor(this, server, new Random(random.Next())));
        for (int i = 0; i < Math.Max(1, options.Clients / 6); i++) Add(new ChatVisitor(this, server, new Random(random.Next())));
        for (int i = 0; i < Math.Max(1, options.Clients / 6); i++) Add(new AskVisitor(this, server, new Random(random.Next())));
    }

    /// <summary>Lets every client finish its visit.</summary>
    public async Task EndAsync()
    {
        await _ending.CancelAsync();
        await Task.WhenAll(_clients);
        _ending.Dispose();
    }

    /// <summary>Waits a while, or until the load ends.</summary>
    public Task PauseAsync(int ms) => Task.Delay(ms, _ending.Token).ContinueWith(static _ => { }, TaskScheduler.Default);

    /// <summary>Records a fault, if there is one.</summary>
    public void Note(string? fault)
    {
        if (fault is not null) faults.Add(fault);
    }

    private void Add(IVisitor visitor) => _clients.Add(Task.Run(() => RunAsync(visitor)));

    private async Task RunAsync(IVisitor visitor)
    {
        while (!IsEnding)
        {
            try
            {
                using CancellationTokenSource patience = new(s_patience);
                await visitor.VisitAsync(patience.Token);
            }
            catch (Exception exception)
            {
                faults.Add($"{visitor.GetType().Name}: {exception.GetType().Name}: {exception.Message}");
                await PauseAsync(200);
            }
        }
    }
}
