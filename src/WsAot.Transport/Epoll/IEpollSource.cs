namespace WsAot.Transport.Epoll;

/// <summary>The owner of a descriptor that epoll watches.</summary>
internal interface IEpollSource
{
    void OnEvents(uint events);
}
