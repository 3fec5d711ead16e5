namespace WsAot.Transport.Epoll;

/// <summary>What an epoll event can be for.</summary>
internal interface IEpollSource
{
    void OnEvents(uint events);
}
