namespace WsAot.Soak.Operating;

/// <summary>A client that comes, does its thing and goes, again and again.</summary>
internal interface IVisitor
{
    /// <summary>One visit. It ends early if the load does, and by itself within its patience.</summary>
    Task VisitAsync(CancellationToken patience);
}
