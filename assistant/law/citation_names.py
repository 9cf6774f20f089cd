"""Names of laws, codes and ordinances, so that a name is read to its end: “Luật Hôn nhân và gia đình”.

Facts only: the names under which the National Assembly and its Standing Committee issued them, past and present.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict

from assistant.law.fold import FoldedText, fold

_CODES = """
Dân sự; Hình sự; Lao động; Hàng hải; Hàng hải Việt Nam; Tố tụng dân sự; Tố tụng hình sự
"""

_LAWS = """
An ninh mạng; An ninh quốc gia; An toàn thông tin mạng; An toàn thực phẩm; An toàn, vệ sinh lao động;
Ban hành văn bản quy phạm pháp luật; Ban hành văn bản quy phạm pháp luật của Hội đồng nhân dân, Ủy ban nhân dân;
Báo chí; Bảo hiểm tiền gửi; Bảo hiểm xã hội; Bảo hiểm y tế; Bảo vệ bí mật nhà nước;
Bảo vệ, chăm sóc và giáo dục trẻ em; Bảo vệ dữ liệu cá nhân; Bảo vệ môi trường; Bảo vệ quyền lợi người tiêu dùng;
Bảo vệ sức khỏe nhân dân; Bảo vệ và kiểm dịch thực vật; Bảo vệ và phát triển rừng;
Bầu cử đại biểu Hội đồng nhân dân; Bầu cử đại biểu Quốc hội; Bầu cử đại biểu Quốc hội và đại biểu Hội đồng nhân dân;
Biên giới quốc gia; Biên phòng Việt Nam; Biển Việt Nam; Bình đẳng giới; Bưu chính; Cải cách ruộng đất;
Các công cụ chuyển nhượng; Các tổ chức tín dụng; Cán bộ, công chức; Căn cước; Căn cước công dân;
Cảnh sát biển Việt Nam; Cảnh sát cơ động; Cảnh vệ; Cạnh tranh; Chăn nuôi; Chất lượng sản phẩm, hàng hóa;
Chứng khoán; Chuyển đổi số; Chuyển giao công nghệ;
Cơ quan đại diện nước Cộng hòa xã hội chủ nghĩa Việt Nam ở nước ngoài; Cơ yếu; Công an nhân dân; Công chứng;
Công đoàn; Công nghệ cao; Công nghệ thông tin; Công nghiệp công nghệ số;
Công nghiệp quốc phòng, an ninh và động viên công nghiệp; Cư trú; Dân quân tự vệ; Dẫn độ; Dầu khí; Di sản văn hóa;
Doanh nghiệp; Doanh nghiệp nhà nước; Du lịch; Dữ liệu; Dự trữ quốc gia; Dược; Đa dạng sinh học; Đặc xá; Đất đai;
Đấu giá tài sản; Đấu thầu; Đầu tư; Đầu tư công; Đầu tư nước ngoài tại Việt Nam;
Đầu tư theo phương thức đối tác công tư; Đê điều; Địa chất và khoáng sản; Điện ảnh; Điện lực; Điều ước quốc tế;
Đo đạc và bản đồ; Đo lường; Đường bộ; Đường sắt; Giá; Giám định tư pháp; Giao dịch điện tử; Giao thông đường bộ;
Giao thông đường thủy nội địa; Giáo dục; Giáo dục đại học; Giáo dục nghề nghiệp; Giáo dục quốc phòng và an ninh;
Giáo dục quốc phòng - an ninh; Hải quan; Hàng không dân dụng; Hàng không dân dụng Việt Nam;
Hiến, lấy, ghép mô, bộ phận cơ thể người và hiến, lấy xác; Hòa giải, đối thoại tại Tòa án; Hòa giải ở cơ sở;
Hóa chất; Hoạt động chữ thập đỏ; Hoạt động giám sát của Quốc hội;
Hoạt động giám sát của Quốc hội và Hội đồng nhân dân; Hỗ trợ doanh nghiệp nhỏ và vừa; Hộ tịch; Hôn nhân và gia đình;
Hợp tác xã; Kế toán; Khám bệnh, chữa bệnh; Khí tượng thủy văn; Khiếu nại; Khiếu nại, tố cáo; Khoa học và công nghệ;
Khoa học, công nghệ và đổi mới sáng tạo; Khoáng sản; Khuyến khích đầu tư trong nước; Kiểm toán độc lập;
Kiểm toán nhà nước; Kiến trúc; Kinh doanh bảo hiểm; Kinh doanh bất động sản;
Ký kết, gia nhập và thực hiện điều ước quốc tế; Lâm nghiệp; Luật sư; Lực lượng dự bị động viên;
Lực lượng tham gia bảo vệ an ninh, trật tự ở cơ sở; Lưu trữ; Lý lịch tư pháp; Mặt trận Tổ quốc Việt Nam;
Năng lượng nguyên tử; Ngân hàng Nhà nước Việt Nam; Ngân sách nhà nước; Nghĩa vụ quân sự; Người cao tuổi;
Người khuyết tật; Người lao động Việt Nam đi làm việc ở nước ngoài theo hợp đồng; Nhà giáo; Nhà ở;
Nhập cảnh, xuất cảnh, quá cảnh, cư trú của người nước ngoài tại Việt Nam; Nuôi con nuôi; Phá sản; Phí và lệ phí;
Phổ biến, giáo dục pháp luật; Phòng bệnh; Phòng cháy và chữa cháy; Phòng cháy, chữa cháy và cứu nạn, cứu hộ;
Phòng, chống bạo lực gia đình; Phòng, chống bệnh truyền nhiễm; Phòng, chống khủng bố; Phòng, chống ma túy;
Phòng, chống mua bán người; Phòng, chống nhiễm vi rút gây ra hội chứng suy giảm miễn dịch mắc phải ở người;
Phòng, chống rửa tiền; Phòng, chống tác hại của rượu, bia; Phòng, chống tác hại của thuốc lá;
Phòng, chống tham nhũng; Phòng, chống thiên tai; Phòng thủ dân sự;
Quản lý, bảo vệ công trình quốc phòng và khu quân sự; Quản lý ngoại thương; Quản lý nợ công;
Quản lý, sử dụng tài sản công; Quản lý, sử dụng tài sản nhà nước; Quản lý thuế;
Quản lý, sử dụng vốn nhà nước đầu tư vào sản xuất, kinh doanh tại doanh nghiệp;
Quản lý và đầu tư vốn nhà nước tại doanh nghiệp; Quản lý, sử dụng vũ khí, vật liệu nổ và công cụ hỗ trợ;
Quân nhân chuyên nghiệp, công nhân và viên chức quốc phòng; Quảng cáo; Quốc phòng; Quốc tịch Việt Nam; Quy hoạch;
Quy hoạch đô thị; Quy hoạch đô thị và nông thôn; Sĩ quan Quân đội nhân dân Việt Nam; Sở hữu trí tuệ;
Sử dụng năng lượng tiết kiệm và hiệu quả; Tài nguyên nước; Tài nguyên, môi trường biển và hải đảo;
Tần số vô tuyến điện; Tham gia lực lượng gìn giữ hòa bình của Liên hợp quốc; Thanh niên; Thanh tra;
Thể dục, thể thao; Thi đua, khen thưởng; Thi hành án dân sự; Thi hành án hình sự; Thi hành tạm giữ, tạm giam;
Thi hành tạm giữ, tạm giam và cấm đi khỏi nơi cư trú; Thỏa thuận quốc tế; Thống kê; Thủ đô; Thú y;
Thuế bảo vệ môi trường; Thuế chuyển quyền sử dụng đất; Thuế giá trị gia tăng; Thuế sử dụng đất nông nghiệp;
Thuế sử dụng đất phi nông nghiệp; Thuế thu nhập cá nhân; Thuế thu nhập doanh nghiệp; Thuế tiêu thụ đặc biệt;
Thuế xuất khẩu, thuế nhập khẩu; Thủy lợi; Thủy sản; Thư viện; Thực hành tiết kiệm, chống lãng phí;
Thực hiện dân chủ ở cơ sở; Thương mại; Tiêu chuẩn và quy chuẩn kỹ thuật; Tiếp cận thông tin; Tiếp công dân;
Tiết kiệm, chống lãng phí; Tín ngưỡng, tôn giáo; Tình trạng khẩn cấp; Tổ chức Chính phủ;
Tổ chức chính quyền địa phương; Tổ chức cơ quan điều tra hình sự; Tổ chức Hội đồng nhân dân và Ủy ban nhân dân;
Tổ chức Quốc hội; Tổ chức Tòa án nhân dân; Tổ chức Viện kiểm sát nhân dân; Tố cáo; Tố tụng hành chính;
Trách nhiệm bồi thường của Nhà nước; Trật tự, an toàn giao thông đường bộ; Trẻ em; Trí tuệ nhân tạo;
Trọng tài thương mại; Trồng trọt; Trợ giúp pháp lý; Trưng cầu ý dân; Trưng mua, trưng dụng tài sản;
Tư pháp người chưa thành niên; Tương trợ tư pháp; Tương trợ tư pháp về dân sự; Tương trợ tư pháp về hình sự;
Chuyển giao người đang chấp hành án phạt tù; Viên chức; Việc làm; Viễn thông; Xây dựng; Xuất bản;
Xuất cảnh, nhập cảnh của công dân Việt Nam; Xử lý vi phạm hành chính
"""

_ORDINANCES = """
An ninh quốc gia; Án phí, lệ phí Tòa án; Bảo vệ bí mật nhà nước;
Bảo vệ công trình quan trọng liên quan đến an ninh quốc gia; Bảo vệ và kiểm dịch thực vật; Bộ đội Biên phòng;
Bưu chính, viễn thông; Cán bộ, công chức; Cảnh sát cơ động; Cảnh sát môi trường; Cảnh vệ;
Chi phí giám định, định giá; Chất lượng hàng hóa; Công an xã; Công nghiệp quốc phòng; Cơ yếu; Cựu chiến binh;
Dân quân tự vệ; Dân số; Du lịch; Đê điều; Đo lường; Động viên công nghiệp; Giá; Giống cây trồng; Giống vật nuôi;
Hợp nhất văn bản quy phạm pháp luật; Khai thác và bảo vệ công trình thủy lợi; Kiểm sát viên Viện kiểm sát nhân dân;
Ký kết và thực hiện điều ước quốc tế; Ký kết và thực hiện thỏa thuận quốc tế; Luật sư;
Lực lượng Cảnh sát biển Việt Nam; Lực lượng Cảnh sát nhân dân Việt Nam; Lực lượng dự bị động viên;
Nghĩa vụ lao động công ích; Ngoại hối; Người cao tuổi; Người tàn tật; Pháp điển hệ thống quy phạm pháp luật;
Phí và lệ phí; Phòng, chống mại dâm; Quản lý, sử dụng vũ khí, vật liệu nổ và công cụ hỗ trợ; Quản lý thị trường;
Quảng cáo; Thẩm phán và Hội thẩm Tòa án nhân dân; Thi hành án dân sự; Thú y; Thủ tục bắt giữ tàu bay;
Thủ tục bắt giữ tàu biển; Thủ tục giải quyết các vụ án hành chính; Thư viện;
Thực hiện dân chủ ở xã, phường, thị trấn; Tín ngưỡng, tôn giáo; Tổ chức điều tra hình sự;
Tổ chức Viện kiểm sát quân sự;
Trình tự, thủ tục xem xét, quyết định áp dụng các biện pháp xử lý hành chính tại Tòa án nhân dân;
Trọng tài thương mại; Ưu đãi người có công với cách mạng; Xử lý vi phạm hành chính
"""

# Chữ viết tắt người dùng hay gõ sau “Luật”.
_SHORT_LAWS = {
    "ATTTM": "An toàn thông tin mạng",
    "ATVSLĐ": "An toàn, vệ sinh lao động",
    "BHXH": "Bảo hiểm xã hội",
    "BHYT": "Bảo hiểm y tế",
    "BHVBQPPL": "Ban hành văn bản quy phạm pháp luật",
    "BVMT": "Bảo vệ môi trường",
    "CBCC": "Cán bộ, công chức",
    "HNGĐ": "Hôn nhân và gia đình",
    "HN&GĐ": "Hôn nhân và gia đình",
    "KDBĐS": "Kinh doanh bất động sản",
    "NSNN": "Ngân sách nhà nước",
    "NVQS": "Nghĩa vụ quân sự",
    "PCCC": "Phòng cháy và chữa cháy",
    "PCTN": "Phòng, chống tham nhũng",
    "SHTT": "Sở hữu trí tuệ",
    "TCCQĐP": "Tổ chức chính quyền địa phương",
    "THADS": "Thi hành án dân sự",
    "TTATGTĐB": "Trật tự, an toàn giao thông đường bộ",
    "TTHC": "Tố tụng hành chính",
    "XLVPHC": "Xử lý vi phạm hành chính",
}
# Bộ luật viết tắt thành một chữ.
SHORT_CODES = {
    "blds": "Bộ luật Dân sự",
    "blhs": "Bộ luật Hình sự",
    "blttds": "Bộ luật Tố tụng dân sự",
    "bltths": "Bộ luật Tố tụng hình sự",
    "blld": "Bộ luật Lao động",
}

# A word border, or the next word glued on by a lost space: “Luật Quản lý thuếvà Điều 5”.
_NAME_END = r"(?:(?![a-z0-9])|(?=(?:va|ngay|thi|duoc)(?:\s|$|dieu|khoan|diem)))"
_PARTS = re.compile(r"[a-z0-9&]+")


class _Names:
    """Longest name first, found by its first word."""

    def __init__(self, names: list[str], short: dict[str, str]) -> None:
        self._canonical = {" ".join(_PARTS.findall(fold(name))): name for name in names}
        self._short = {fold(code): name for code, name in short.items()}
        self._canonical |= self._short
        by_head: dict[str, list[str]] = defaultdict(list)
        for plain in self._canonical:
            by_head[plain.partition(" ")[0]].append(plain)
        # Between two words of a name: spaces, a line break, and commas as careful or careless as people write them.
        self._by_head = {
            head: re.compile("(?:" + "|".join(map(_spaced, sorted(group, key=len, reverse=True))) + ")" + _NAME_END)
            for head, group in by_head.items()
        }

    def match(self, folded: FoldedText, at: int, typed_plain: bool) -> tuple[int, str] | None:
        """(end, name) of the name that begins at a position.

        Unless the text is typed without diacritics its accents must be right: “luật được …” is not the Luật Dược.
        """
        head = _PARTS.match(folded.plain, at)
        pattern = self._by_head.get(head.group()) if head else None
        found = pattern.match(folded.plain, at) if pattern else None
        if found is None:
            return None
        key = " ".join(_PARTS.findall(found.group()))
        name = self._canonical[key]
        printed = folded.text[at : found.end()].lower()
        right = (
            typed_plain or key in self._short or printed == name.lower() or _letters(printed) == _letters(name.lower())
        )
        return (found.end(), name) if right else None


def _letters(text: str) -> list[str]:
    """Letters and accents in any order: “hoá” and “hóa” have the same."""
    return sorted(c for c in unicodedata.normalize("NFD", text) if c.isalpha() or unicodedata.combining(c))


def _spaced(plain: str) -> str:
    return r"[\s,;-]{1,4}".join(map(re.escape, plain.split()))


def _listed(block: str) -> list[str]:
    return [" ".join(name.split()) for name in block.split(";")]


NAMES = {
    "Bộ luật": _Names(_listed(_CODES), {}),
    "Luật": _Names(_listed(_LAWS), _SHORT_LAWS),
    "Pháp lệnh": _Names(_listed(_ORDINANCES), {}),
}
