namespace WsAot.Transport.Tests;

/// <summary>Tests that change what belongs to the whole process.</summary>
[CollectionDefinition("Alone", DisableParallelization = true)]
public sealed class AloneCollection;
