"""Domains at which anybody may have a mailbox."""

from __future__ import annotations

_NAMES = """
    126.com 139.com 163.com 189.cn aim.com aliyun.com alice.it aol.com arcor.de att.net bellsouth.net bigpond.com
    bluewin.ch bol.com.br bt.com btinternet.com centrum.cz charter.net club-internet.fr comcast.net cox.net
    daum.net earthlink.net email.com email.cz email.de fastmail.com fastmail.fm foxmail.com free.fr freenet.de
    frontier.com gmail.com gmx.at gmx.ch gmx.com gmx.de gmx.fr gmx.net googlemail.com hanmail.net hey.com
    home.nl hotmail.be hotmail.ca hotmail.co.jp hotmail.co.uk hotmail.com hotmail.com.ar hotmail.com.br hotmail.de
    hotmail.es hotmail.fr hotmail.it hotmail.nl icloud.com ig.com.br inbox.com inbox.lv inbox.ru interia.pl juno.com
    kakao.com kpnmail.nl laposte.net libero.it list.ru live.at live.be live.ca live.cl live.cn live.co.uk live.com
    live.com.ar live.com.au live.com.mx live.com.pt live.de live.dk live.fr live.ie live.it live.nl live.no live.se
    mac.com mail.com mail.de mail.ee mail.ru mailbox.org mailfence.com me.com msn.com mweb.co.za naver.com netscape.net
    neuf.fr ntlworld.com o2.pl oi.com.br onet.eu onet.pl online.de online.no optonline.net optusnet.com.au orange.fr
    outlook.at outlook.be outlook.cl outlook.co.uk outlook.com outlook.com.ar outlook.com.au outlook.com.br outlook.cz
    outlook.de outlook.dk outlook.es outlook.fr outlook.ie outlook.in outlook.it outlook.jp outlook.kr outlook.pt
    pm.me poczta.onet.pl posteo.de posteo.net proton.me protonmail.ch protonmail.com qq.com rambler.ru rediffmail.com
    rocketmail.com rogers.com sapo.pt sbcglobal.net seznam.cz sfr.fr shaw.ca sina.cn sina.com sky.com skynet.be sohu.com
    t-online.de talktalk.net telenet.be telus.net terra.com.br tin.it tiscali.co.uk tiscali.it tlen.pl tuta.com tuta.io
    tutamail.com tutanota.com tutanota.de ukr.net uol.com.br verizon.net videotron.ca virgilio.it virgin.net
    virginmedia.com vodafone.it volny.cz walla.co.il wanadoo.fr web.de windowslive.com wp.pl xs4all.nl xtra.co.nz ya.ru
    yahoo.ca yahoo.cn yahoo.co.id yahoo.co.in yahoo.co.jp yahoo.co.kr yahoo.co.nz yahoo.co.uk yahoo.co.za yahoo.com
    yahoo.com.ar yahoo.com.au yahoo.com.br yahoo.com.cn yahoo.com.co yahoo.com.hk yahoo.com.mx yahoo.com.my yahoo.com.ph
    yahoo.com.sg yahoo.com.tr yahoo.com.tw yahoo.com.vn yahoo.de yahoo.dk yahoo.es yahoo.fr yahoo.gr yahoo.ie yahoo.in
    yahoo.it yahoo.nl yahoo.no yahoo.pl yahoo.ro yahoo.se yandex.by yandex.com yandex.kz yandex.ru yandex.ua yeah.net
    ymail.com zeelandnet.nl ziggo.nl zoho.com zohomail.com
"""

PUBLIC_MAIL = frozenset(_NAMES.split())
