using WsAot.Soak.Checks;
using WsAot.Soak.Processes;

namespace WsAot.Soak.Soaking;

/// <summary>The clients of all kinds, which come and go until they are told to end, and then end as they should.</summary>
internal sealed class SoakLoad(SoakOptions options, SoakCounts counts, Faults faults)
{
    private readonly CancellationTokenSource _ending = new();
    private readonly List<Task> _clients = [];
    private volatile ServerUnderTest? _server;

    public SoakOptions Options => options;

    public SoakCounts Counts => counts;

    public Faults Faults => faults;

    public bool OffersDeflate => options.Compression != "none";

    /// <summary>Whether no new connections may be opened.</summary>
    public bool IsEnding => _ending.IsCancellationRequested;

    /// <summary>Where clients connect to. Null while there is none.</summary>
    public ServerUnderTest? Server
    {
        get => _server;
        set => _server = value;
    }

    public void Start(int seed)
    {
        Random random = new(seed);
        for (int i = 0; i < options.Clients; i++) Add(new EchoPeer(this, new Random(random.Next()), stalls: false));
        for (int i = 0; i < Math.Max(1, options.Clients / 6); i++) Add(new EchoPeer(this, new Random(random.Next()), stalls: true));
        for (int i = 0; i < Math.Max(1, options.Clients / 6); i++) Add(new KilledPeer(this, new Random(random.Next())));
        for (int i = 0; i < Math.Max(1, options.Clients / 12); i++) Add(new ChatRounds(this, new Random(random.Next())));
    }

    /// <summary>Lets every client finish its visit.</summary>
    public async Task EndAsync()
    {
        await _ending.CancelAsync();
        await Task.WhenAll(_clients);
        _ending.Dispose();
    }

    /// <summary>Waits a while between two connections, or until the load ends.</summary>
    public Task PauseAsync(int ms) => Task.Delay(ms, _ending.Token).ContinueWith(static _ => { }, TaskScheduler.Default);

    private void Add(ISoakPeer peer) => _clients.Add(Task.Run(() => RunAsync(peer)));

    private async Task RunAsync(ISoakPeer peer)
    {
        while (!IsEnding)
        {
            if (_server is not { IsStopping: false } server)
            {
                await PauseAsync(20);
                continue;
            }

            try
            {
                await peer.VisitAsync(server);
            }
            catch (Exception exception)
            {
                faults.Add($"{peer.GetType().Name}: {exception.GetType().Name}: {exception.Message}");
                await PauseAsync(200);
            }
        }
    }
}
