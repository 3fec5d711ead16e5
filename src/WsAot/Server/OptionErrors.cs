using WsAot.Handshake;
using WsAot.Transport;

namespace WsAot.Server;

/// <summary>Collects the errors in options, so that all of them can be shown at once.</summary>
internal sealed class OptionErrors
{
    private readonly List<string> _all = [];

    public bool IsEmpty => _all.Count == 0;

    /// <summary>The errors, in the order in which they were found.</summary>
    public IReadOnlyList<string> All => _all;

    /// <param name="error">A sentence; null if there is no error.</param>
    public void Add(string? error)
    {
        // An error of one source may be found again when all sources are merged.
        if (error is not null && !_all.Contains(error)) _all.Add(error);
    }

    /// <summary>Adds the errors of an exception.</summary>
    public void Add(WsOptionException exception)
    {
        foreach (string error in exception.Errors) Add(error);
    }

    /// <summary>Adds an error if a value is out of range.</summary>
    public void AddIfOutOfRange(string name, int value, int min, int max)
    {
        if (value < min || value > max) Add($"{name} must be {min} to {max}, not {value}.");
    }

    /// <summary>Reads a value with a function that throws if it is invalid.</summary>
    /// <returns>The value; null if it is invalid.</returns>
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

    /// <summary>Like <see cref="Read{TSource, TValue}"/>, for each entry of a list and then for the whole list.</summary>
    public T? ReadList<T>(string list, Func<string, T> read)
        where T : class
    {
        bool isRight = true;
        foreach (string entry in OptionList.Split(list)) isRight &= Read(entry, read) is not null;
        return isRight ? Read(list, read) : null;
    }

    /// <exception cref="WsOptionException">There are errors.</exception>
    public void ThrowIfAny()
    {
        if (!IsEmpty) throw new WsOptionException(_all);
    }
}
