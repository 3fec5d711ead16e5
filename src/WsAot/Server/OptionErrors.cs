using WsAot.Handshake;
using WsAot.Transport;

namespace WsAot.Server;

/// <summary>Collects what is wrong with options, so that all of it can be said at once.</summary>
internal sealed class OptionErrors
{
    private readonly List<string> _all = [];

    public bool IsEmpty => _all.Count == 0;

    /// <summary>The sentences, in the order in which they were found.</summary>
    public IReadOnlyList<string> All => _all;

    /// <param name="error">A sentence; null if nothing is wrong.</param>
    public void Add(string? error)
    {
        // What one source has wrong may be seen again in the sum of all sources.
        if (error is not null && !_all.Contains(error)) _all.Add(error);
    }

    /// <summary>Adds what somebody else has found.</summary>
    public void Add(WsOptionException exception)
    {
        foreach (string error in exception.Errors) Add(error);
    }

    /// <summary>Adds what is said of a value if it is outside of its range.</summary>
    public void AddIfOutOfRange(string name, int value, int min, int max)
    {
        if (value < min || value > max) Add($"{name} must be {min} to {max}, not {value}.");
    }

    /// <summary>Reads a value whose reader throws where it is wrong.</summary>
    /// <returns>Null if it is wrong.</returns>
    public TValue? Read<TSource, TValue>(TSource source, Func<TSource, TValue?> read)
        where TSource : class
        where TValue : class
    {
        try
        {
            return read(source);
        }
        catch (Exception exception) when (exception is ArgumentException or WsStartException or TransportException)
        {
            Add(exception.Message);
            return null;
        }
    }

    /// <summary>As <see cref="Read{TSource, TValue}"/>, for each entry of a list by itself and then for the whole list.</summary>
    public T? ReadList<T>(string list, Func<string, T> read)
        where T : class
    {
        bool isRight = true;
        foreach (string entry in OptionList.Split(list)) isRight &= Read(entry, read) is not null;
        return isRight ? Read(list, read) : null;
    }

    /// <exception cref="WsOptionException">Something is wrong.</exception>
    public void ThrowIfAny()
    {
        if (!IsEmpty) throw new WsOptionException(_all);
    }
}
