using System.Runtime.CompilerServices;
using WsAot.Tests.Harness;

namespace WsAot.Tests.Filters;

/// <summary>Methods that return in every way.</summary>
public abstract class FilteredRpc(Script script)
{
    [OnOpen]
    public void Opened() => script.Journal.Add("open");

    [JsonRpcMethod("add")]
    [Note("method", Suffix = "!")]
    public int Add(int a, int b)
    {
        script.Journal.Add($"add {a} {b}");
        _ = script.Filters.Method();
        return a + b;
    }

    [JsonRpcMethod("nothing")]
    public void Nothing() => script.Journal.Add("nothing");

    [JsonRpcMethod("later")]
    public async Task Later()
    {
        await script.Filters.Method();
        script.Journal.Add("later");
    }

    [JsonRpcMethod("laterValue")]
    public async Task<int> LaterValue(CancellationToken cancellationToken)
    {
        await script.Filters.Method();
        cancellationToken.ThrowIfCancellationRequested();
        return 1;
    }

    [JsonRpcMethod("perhaps")]
    public ValueTask Perhaps() => new(script.Filters.Method());

    [JsonRpcMethod("perhapsValue")]
    public ValueTask<string> PerhapsValue(WsConnection connection)
    {
        script.Journal.Add("perhaps a value");
        return new ValueTask<string>(connection.Path);
    }

    [JsonRpcMethod("items")]
    public async IAsyncEnumerable<int> Items(int count, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (int i = 0; i < count; i++)
        {
            await script.Filters.Method();
            cancellationToken.ThrowIfCancellationRequested();
            yield return i;
        }
    }
}
