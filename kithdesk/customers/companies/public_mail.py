"""Domains at which anybody may have a mailbox."""

from __future__ import annotations

_NAMES = """
    10minutemail.com 126.com 139.com 163.com 189.cn abv.bg addy.io aim.com aleeas.com alice.it aliyun.com
    anonaddy.com anonaddy.me aol.com arcor.de att.net azet.sk bbox.fr bellsouth.net bigpond.com bk.ru bluewin.ch
    bol.com.br bt.com btinternet.com centrum.cz charter.net citromail.hu club-internet.fr comcast.net cox.net
    daum.net dir.bg dispostable.com disroot.org duck.com earthlink.net eircom.net email.com email.cz email.de
    fastmail.com fastmail.fm foxmail.com free.fr freemail.hu freenet.de frontier.com getnada.com gmail.com
    gmx.at gmx.ch gmx.com gmx.de gmx.fr gmx.net googlemail.com guerrillamail.com guerrillamail.net hanmail.net
    hey.com home.nl hotmail.be hotmail.ca hotmail.co.jp hotmail.co.uk hotmail.com hotmail.com.ar hotmail.com.br
    hotmail.de hotmail.es hotmail.fr hotmail.it hotmail.nl hush.com hushmail.com i.ua icloud.com ig.com.br
    inbox.com inbox.lv inbox.ru indiatimes.com interia.pl internet.ru juno.com kakao.com kpnmail.nl laposte.net
    libero.it list.ru live.at live.be live.ca live.cl live.cn live.co.uk live.com live.com.ar live.com.au
    live.com.mx live.com.pt live.de live.dk live.fr live.ie live.it live.nl live.no live.se mac.com mail.bg
    mail.com mail.de mail.ee mail.ru mailbox.org maildrop.cc mailfence.com mailinator.com me.com meta.ua
    moakt.com mozmail.com msn.com mweb.co.za nate.com naver.com netscape.net neuf.fr ntlworld.com o2.pl
    oi.com.br onet.eu onet.pl online.de online.no opayq.com optonline.net optusnet.com.au orange.fr outlook.at
    outlook.be outlook.cl outlook.co.uk outlook.com outlook.com.ar outlook.com.au outlook.com.br outlook.cz
    outlook.de outlook.dk outlook.es outlook.fr outlook.ie outlook.in outlook.it outlook.jp outlook.kr
    outlook.pt passmail.net planet.nl pm.me poczta.onet.pl post.cz posteo.de posteo.net privaterelay.appleid.com
    proton.me protonmail.ch protonmail.com qq.com r7.com rambler.ru rediffmail.com riseup.net rocketmail.com
    rogers.com runbox.com sapo.pt sbcglobal.net seznam.cz sfr.fr sharklasers.com shaw.ca simplelogin.com sina.cn
    sina.com sky.com skynet.be slmail.me sohu.com spray.se sympatico.ca t-online.de talktalk.net telenet.be
    telia.com telus.net temp-mail.org tempmail.com terra.com.br tin.it tiscali.co.uk tiscali.it tlen.pl
    trashmail.com tuta.com tuta.io tutamail.com tutanota.com tutanota.de ukr.net uol.com.br verizon.net
    videotron.ca vip.qq.com virgilio.it virgin.net virginmedia.com vodafone.it volny.cz walla.co.il wanadoo.fr
    web.de windowslive.com windstream.net wp.pl xs4all.nl xtra.co.nz ya.ru yahoo.ca yahoo.cn yahoo.co.id
    yahoo.co.in yahoo.co.jp yahoo.co.kr yahoo.co.nz yahoo.co.uk yahoo.co.za yahoo.com yahoo.com.ar yahoo.com.au
    yahoo.com.br yahoo.com.cn yahoo.com.co yahoo.com.hk yahoo.com.mx yahoo.com.my yahoo.com.ph yahoo.com.sg
    yahoo.com.tr yahoo.com.tw yahoo.com.vn yahoo.de yahoo.dk yahoo.es yahoo.fr yahoo.gr yahoo.ie yahoo.in
    yahoo.it yahoo.nl yahoo.no yahoo.pl yahoo.ro yahoo.se yandex.by yandex.com yandex.kz yandex.ru yandex.ua
    yeah.net ymail.com yopmail.com zeelandnet.nl ziggo.nl zoho.com zohomail.com zoznam.sk
"""

PUBLIC_MAIL = frozenset(_NAMES.split())
