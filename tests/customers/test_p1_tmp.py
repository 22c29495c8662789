import tests.customers.test_identity_machine as t
n={"lift":0,"whole":0,"new":0}
from tests.customers.identity_model import Model
o=Model.part; 
def part(self,*a): n["lift"]+=1; return o(self,*a)
Model.part=part
def test_it():
    t._play(15,40); print("COUNT",n); assert n["lift"]
