namespace WsAot.Native.Tests.Harness;

/// <summary>One after the other: two cores are few, and memory is measured.</summary>
[CollectionDefinition(Name)]
public sealed class PublishedFile : ICollectionFixture<PublishedApp>
{
    public const string Name = "published file";
}
