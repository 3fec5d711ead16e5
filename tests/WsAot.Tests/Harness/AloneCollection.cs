namespace WsAot.Tests.Harness;

/// <summary>Tests that measure what belongs to the whole process, such as its heap.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone";
}
