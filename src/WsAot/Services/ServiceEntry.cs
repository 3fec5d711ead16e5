namespace WsAot.Services;

/// <summary>How one service comes to be: it is there, it is made once and kept by an owner, or it is made each time.</summary>
internal sealed class ServiceEntry
{
    /// <summary>What this thread is in the middle of making, each because of the one before.</summary>
    [ThreadStatic]
    private static List<ServiceEntry>? s_making;

    private readonly Func<IServiceProvider, object>? _factory;
    private readonly ServiceOwner? _owner;
    private object? _instance;

    public ServiceEntry(Type type, object instance) => (Type, _instance) = (type, instance);

    /// <summary>The owner keeps what is made; without one it is made each time.</summary>
    public ServiceEntry(Type type, Func<IServiceProvider, object> factory, ServiceOwner? owner) =>
        (Type, _factory, _owner) = (type, factory, owner);

    public Type Type { get; }

    /// <param name="root">What a service that outlives connections is made from.</param>
    /// <param name="asker">What one that is made each time is made from.</param>
    public object Get(IServiceProvider root, IServiceProvider asker)
    {
        if (Volatile.Read(ref _instance) is { } instance) return instance;
        if (_owner is null) return Make(asker);
        // One lock for all factories: each with its own could wait for another that waits for it.
        lock (_owner.Making)
        {
            if (_instance is { } madeMeanwhile) return madeMeanwhile;
            object made = Make(root);
            _owner.Add(made);
            Volatile.Write(ref _instance, made);
            return made;
        }
    }

    private object Make(IServiceProvider services)
    {
        List<ServiceEntry> making = s_making ??= [];
        if (making.IndexOf(this) is >= 0 and int first)
        {
            throw new InvalidOperationException($"{Type} needs itself: {string.Join(" -> ", making[first..].ConvertAll(static entry => entry.Type.ToString()))} -> {Type}.");
        }

        making.Add(this);
        try
        {
            return _factory!(services) ?? throw new InvalidOperationException($"The factory of {Type} returned null.");
        }
        finally
        {
            making.RemoveAt(making.Count - 1);
        }
    }
}
