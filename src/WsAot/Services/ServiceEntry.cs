namespace WsAot.Services;

/// <summary>One service: an existing object, a factory whose result an owner keeps, or a factory that runs each time.</summary>
internal sealed class ServiceEntry
{
    /// <summary>The services that this thread is creating, each needed by the one before it.</summary>
    [ThreadStatic]
    private static List<ServiceEntry>? s_making;

    private readonly Func<IServiceProvider, object>? _factory;
    private readonly ServiceOwner? _owner;
    private object? _instance;

    public ServiceEntry(Type type, object instance) => (Type, _instance) = (type, instance);

    /// <summary>The owner keeps the service that the factory creates; without an owner, the factory runs each time.</summary>
    public ServiceEntry(Type type, Func<IServiceProvider, object> factory, ServiceOwner? owner) =>
        (Type, _factory, _owner) = (type, factory, owner);

    public Type Type { get; }

    /// <summary>The service that this thread is creating; null if there is none.</summary>
    private static Type? Making => s_making is [.., { } last] ? last.Type : null;

    /// <param name="root">The provider for a service that outlives connections.</param>
    /// <param name="asker">The provider for a service that is created each time.</param>
    public object Get(IServiceProvider root, IServiceProvider asker)
    {
        if (Volatile.Read(ref _instance) is { } instance) return instance;
        if (_owner is null) return Make(asker);
        // One lock for all factories: with a lock each, two factories could wait for each other.
        lock (_owner.Making)
        {
            if (_instance is { } madeMeanwhile) return madeMeanwhile;
            object made = Make(root);
            _owner.Add(made);
            Volatile.Write(ref _instance, made);
            return made;
        }
    }

    /// <summary>The exception for a missing service. It names the service, the one that needs it, and what to do.</summary>
    public static InvalidOperationException NotFound(Type type) => new(
        (Making is { } asker ? $"The factory of {asker} asks for the service {type}, which is not registered. "
            : $"The service {type} is not registered. ")
        + "Add it to builder.Services, or to the container that is their Fallback.");

    private object Make(IServiceProvider services)
    {
        List<ServiceEntry> making = s_making ??= [];
        if (making.IndexOf(this) is >= 0 and int first)
        {
            string chain = string.Join(" -> ", making[first..].ConvertAll(static entry => entry.Type.ToString()));
            throw new InvalidOperationException($"{Type} needs itself: {chain} -> {Type}.");
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
