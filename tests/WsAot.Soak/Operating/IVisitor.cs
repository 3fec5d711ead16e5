namespace WsAot.Soak.Operating;

/// <summary>A client that connects, does its work and disconnects, again and again.</summary>
internal interface IVisitor
{
    /// <summary>One visit. It ends early if the load ends, and otherwise within its time limit.</summary>
    Task VisitAsync(CancellationToken patience);
}
